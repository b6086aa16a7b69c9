namespace RnnGen.Formats.Keras;

/// <summary>
/// Weights of recurrent layers between Keras's layout and RnnGen's. Keras: <c>kernel [inputs, gates · units]</c>, gates i f c o of an LSTM, z r h of a GRU. RnnGen:
/// <c>weight_ih [gates · units, inputs]</c>, gates i f g o and r z n. Here a letter stands for a gate: g for the candidate c, n for the candidate h.
/// </summary>
internal static class KerasGates
{
    /// <summary>Gates of a cell in Keras's order and in RnnGen's.</summary>
    public static (string Keras, string Own) Orders(string cell) => cell switch
    {
        "LSTM" => ("ifgo", "ifgo"),
        "GRU" => ("zrn", "rzn"),
        _ => ("h", "h"),
    };

    /// <summary>A kernel as rows of RnnGen's.</summary>
    public static float[] Rows(string cell, float[] kernel, int inputs)
    {
        (string keras, string own) = Orders(cell);
        return kernel.Transposed(inputs, kernel.Length / inputs).Reordered(keras, own);
    }

    /// <summary>Rows of RnnGen's as a kernel.</summary>
    public static float[] Kernel(string cell, float[] rows, int inputs)
    {
        (string keras, string own) = Orders(cell);
        return rows.Reordered(own, keras).Transposed(rows.Length / inputs, inputs);
    }

    /// <summary>A bias in RnnGen's order.</summary>
    public static float[] Bias(string cell, float[] bias)
    {
        (string keras, string own) = Orders(cell);
        return bias.Reordered(keras, own);
    }

    /// <summary>A bias of RnnGen's in Keras's order.</summary>
    public static float[] KerasBias(string cell, float[] bias)
    {
        (string keras, string own) = Orders(cell);
        return bias.Reordered(own, keras);
    }

    /// <summary>
    /// A kernel of a CuDNN layer as rows of RnnGen's: its shape is a kernel's, but what lies in a gate's part is cuDNN's own <c>[units, inputs]</c>.
    /// </summary>
    public static float[] CudnnRows(string cell, float[] kernel, int inputs)
    {
        (string keras, string own) = Orders(cell);
        int units = kernel.Length / inputs / keras.Length;
        float[] rows = new float[kernel.Length];
        for (int gate = 0; gate < keras.Length; gate++)
            for (int input = 0; input < inputs; input++)
                Array.Copy(kernel, (input * keras.Length * units) + (gate * units), rows, (gate * units * inputs) + (input * units), units);
        return rows.Reordered(keras, own);
    }
}
