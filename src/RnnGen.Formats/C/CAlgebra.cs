namespace RnnGen.Formats.C;

/// <summary>Writes a cell's equations as calls of C functions.</summary>
/// <param name="text">Receives them.</param>
/// <param name="parameters">The names of the layer's parameters in C.</param>
internal sealed class CAlgebra(CText text, IReadOnlyDictionary<string, string> parameters) : ICellAlgebra<string>
{
    public string Product(string matrix, int firstRow, int rows, string vector)
    {
        int columns = text.SizeOf(vector);
        return text.Value(rows, "product", Offset(parameters[matrix], firstRow * columns), Number(rows), Number(columns), vector);
    }

    public string Parameter(string name, int start, int count) => text.Known(Offset(parameters[name], start), count);

    public string Add(string one, string other) => Elementwise("add", one, other);

    public string Multiply(string one, string other) => Elementwise("multiply", one, other);

    public string OneMinus(string x) => text.Value(text.SizeOf(x), "one_minus", x, Number(text.SizeOf(x)));

    public string Clip(string x, float limit) => text.Value(text.SizeOf(x), "clip", x, CText.Number(limit), Number(text.SizeOf(x)));

    public string Normalize(string x) => text.Value(text.SizeOf(x), "normalize", x, Number(text.SizeOf(x)));

    public string Activate(Activation activation, string x, float alpha, float beta)
    {
        int size = text.SizeOf(x);
        (float? a, float? b) = ActivationConstants.Of(activation, alpha, beta);
        return activation switch
        {
            Activation.Linear => x,
            Activation.Relu => Value("relu"),
            Activation.Tanh => Value("tanh_of"),
            Activation.Sigmoid => Value("sigmoid"),
            Activation.Softmax => Value("softmax"),
            Activation.LeakyRelu => Value("leaky_relu"),
            Activation.Elu => Value("elu"),
            Activation.Softplus => Value("softplus"),
            Activation.Softsign => Value("softsign"),
            Activation.HardSigmoid => Value("hard_sigmoid"),
            Activation.HardSigmoidOnnx => Value("hard_sigmoid"),
            Activation.Affine => Value("affine"),
            Activation.Gelu => Value("gelu"),
            Activation.Swish => Value("swish"),
            _ => throw new NotSupportedException($"The C writer does not know the activation {activation}."),
        };

        string Value(string function) => text.Value(size, function, [x, Number(size), .. new[] { a, b }.OfType<float>().Select(CText.Number)]);
    }

    private static string Offset(string array, int start) => start == 0 ? array : $"{array} + {Number(start)}";

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Elementwise(string function, string one, string other) => text.Value(text.SizeOf(one), function, one, other, Number(text.SizeOf(one)));
}
