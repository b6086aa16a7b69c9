namespace RnnGen.Formats.Tests.Tflite;

/// <summary>One direction of a fused operator, by its equations: weights by names, gates i f c o, or without a gate's name for a plain recurrent layer.</summary>
internal sealed class SequenceCell(SequenceOptions options, int size)
{
    public Dictionary<string, double[]> Weights { get; init; } = [];

    /// <summary>Values that it gives.</summary>
    public int Size => size;

    public double[][] Run(double[][] frames)
    {
        double[] h = new double[size], c = new double[Weights.TryGetValue("bf", out double[]? bias) ? bias.Length : size];
        List<double[]> outputs = [];
        foreach (double[] x in frames)
            outputs.Add(h = bias is null ? Array.ConvertAll(Sum("", x, h), Function) : Lstm(x, h, ref c));
        return [.. outputs];
    }

    private double[] Lstm(double[] x, double[] h, ref double[] c)
    {
        double[] old = c, f = Gate("f", x, h, old), g = Array.ConvertAll(Sum("c", x, h), Function);
        double[] i = options.Couples ? Array.ConvertAll(f, value => 1 - value) : Gate("i", x, h, old);
        double[] next = [.. old.Select((value, unit) => (f[unit] * value) + (i[unit] * g[unit]))];
        if (options.CellClip > 0)
            next = Array.ConvertAll(next, value => Math.Clamp(value, -options.CellClip, options.CellClip));
        double[] o = Gate("o", x, h, next), given = [.. next.Select((value, unit) => o[unit] * Function(value))];
        c = next;
        return Weights.TryGetValue("projection", out double[]? projection) ? Product(projection, given) : given;
    }

    private double[] Gate(string gate, double[] x, double[] h, double[] c)
    {
        double[] sum = Sum(gate, x, h);
        if (Weights.TryGetValue("p" + gate, out double[]? peephole))
            sum = [.. sum.Select((value, unit) => value + (peephole[unit] * c[unit]))];
        return Array.ConvertAll(sum, value => 1 / (1 + Math.Exp(-value)));
    }

    private double[] Sum(string gate, double[] x, double[] h)
    {
        double[] input = Product(Weights["x" + gate], x), recurrent = Product(Weights["h" + gate], h), bias = Weights["b" + gate];
        return [.. bias.Select((value, unit) => value + input[unit] + recurrent[unit])];
    }

    private static double[] Product(double[] matrix, double[] x) => [.. matrix.Chunk(x.Length).Select(row => row.Zip(x, (weight, value) => weight * value).Sum())];

    private double Function(double value) => options.Activation switch { 4 => Math.Tanh(value), 1 => Math.Max(value, 0), _ => value };
}
