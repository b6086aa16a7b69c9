namespace RnnGen.Formats.Tests.Raw;

/// <summary>
/// Adds TensorFlow 1's cells to a description, by public members alone: what someone would write who has variables in a format of their own. Its matrices are
/// <c>[inputs + units, gates · units]</c>, the rows of the input above those of the state; <c>split</c> gives the gates i j f o of an LSTM (j is the candidate) and r u of
/// a GRU. An LSTM adds its forget bias of 1 when it runs, so it is no part of the variables.
/// </summary>
internal static class TensorFlowCells
{
    private const float ForgetBias = 1;

    /// <summary><c>BasicLSTMCell</c>; and <c>LSTMCell</c> with its peepholes (i, f, o) and projection <c>[units, outputs]</c>.</summary>
    public static void AddLstm(ModelBuilder builder, int units, float[] kernel, float[] bias, float[][]? peepholes = null, float[]? projection = null)
    {
        int outputs = projection is null ? units : projection.Length / units, inputs = builder.Size;
        int[] gates = [0, 2, 1, 3]; // i f g o among i j f o
        float[] offset = Gates(bias, 0, 1, 1, units, gates, 4);
        for (int unit = 0; unit < units; unit++)
            offset[units + unit] += ForgetBias;
        List<(string, float[])> parameters =
        [
            ("weight_ih", Gates(kernel, 0, inputs, inputs + outputs, units, gates, 4)),
            ("weight_hh", Gates(kernel, inputs, outputs, inputs + outputs, units, gates, 4)),
            ("bias_ih", offset),
            ("bias_hh", new float[4 * units]),
        ];
        if (peepholes is not null)
            parameters.Add(("peephole", [.. peepholes.SelectMany(values => values)]));
        if (projection is not null)
            parameters.Add(("weight_hr", Gates(projection, 0, units, units, outputs, [0], 1)));
        builder.Add(new LstmAttribute(units) { Peephole = peepholes is not null, Projection = projection is null ? 0 : outputs }, "LSTMCell", parameters);
    }

    /// <summary><c>GRUCell</c>: gates r u, the candidate apart, reset before the product; <c>h' = u h + (1 − u) c</c>.</summary>
    public static void AddGru(ModelBuilder builder, int units, float[] gates, float[] gatesBias, float[] candidate, float[] candidateBias)
    {
        int inputs = builder.Size, rows = inputs + units;
        builder.Add(
            new GruAttribute(units) { Reset = ResetGate.BeforeProduct },
            "GRUCell",
            ("weight_ih", [.. Gates(gates, 0, inputs, rows, units, [0, 1], 2), .. Gates(candidate, 0, inputs, rows, units, [0], 1)]),
            ("weight_hh", [.. Gates(gates, inputs, units, rows, units, [0, 1], 2), .. Gates(candidate, inputs, units, rows, units, [0], 1)]),
            ("bias_ih", [.. gatesBias, .. candidateBias]),
            ("bias_hh", new float[3 * units]));
    }

    /// <summary>A product with a matrix <c>[inputs, outputs]</c> and a bias.</summary>
    public static void AddDense(ModelBuilder builder, float[] matrix, float[] bias, Activation activation) => builder.Add(
        new DenseAttribute(bias.Length, activation), "matmul, add", ("weight", Gates(matrix, 0, builder.Size, builder.Size, bias.Length, [0], 1)), ("bias", bias));

    /// <summary>Rows of a matrix <c>[allRows, count · units]</c>, transposed, its gates in another order.</summary>
    private static float[] Gates(float[] matrix, int row, int rows, int allRows, int units, int[] order, int count)
    {
        Assert.Equal(allRows * count * units, matrix.Length);
        return [.. order.SelectMany(gate => Enumerable.Range(0, units).SelectMany(unit => Enumerable.Range(row, rows).Select(at => matrix[(at * count * units) + (gate * units) + unit])))];
    }
}
