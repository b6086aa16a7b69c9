namespace RnnGen.Formats.Onnx.Writing;

/// <summary>Activation functions in ONNX: as nodes, and as the names that its recurrent operators know.</summary>
internal static class OnnxActivations
{
    /// <summary>Adds the nodes of a function.</summary>
    /// <returns>The name of its value.</returns>
    public static string Add(OnnxGraph graph, Activation activation, string x, float alpha, float beta)
    {
        (float? a, float? b) = ActivationConstants.Of(activation, alpha, beta);
        switch (activation)
        {
            case Activation.Linear:
                return x;
            case Activation.Softmax:
                return graph.Node("Softmax", [x], OnnxAttribute.Of("axis", -1));
            case Activation.Affine:
                return graph.Node("Add", [graph.Node("Mul", [x, Scalar(graph, a!.Value)]), Scalar(graph, b!.Value)]);
            case Activation.Swish:
                return graph.Node("Mul", [x, graph.Node("Sigmoid", [x])]);
            case Activation.Gelu:
                string distribution = graph.Node("Add", [graph.Node("Erf", [graph.Node("Mul", [x, Scalar(graph, MathF.Sqrt(0.5f))])]), Scalar(graph, 1)]);
                return graph.Node("Mul", [graph.Node("Mul", [x, Scalar(graph, 0.5f)]), distribution]);
            default:
                List<OnnxAttribute> attributes = [];
                if (a is { } first)
                    attributes.Add(OnnxAttribute.Of("alpha", first));
                if (b is { } second)
                    attributes.Add(OnnxAttribute.Of("beta", second));
                return graph.Node(Name(activation), [x], attributes);
        }
    }

    /// <summary>Whether recurrent operators know it.</summary>
    public static bool IsOfRecurrent(Activation activation) => activation is not (Activation.Softmax or Activation.Gelu or Activation.Swish);

    /// <summary>Its name for recurrent operators. The identity is a line there.</summary>
    public static string NameOfRecurrent(Activation activation) => activation == Activation.Linear ? nameof(Activation.Affine) : Name(activation);

    /// <summary>Its α and β as recurrent operators take them, null where it has none.</summary>
    public static (float? Alpha, float? Beta) ConstantsOfRecurrent(Activation activation, float alpha, float beta) =>
        activation == Activation.Linear ? (1, 0) : ActivationConstants.Of(activation, alpha, beta);

    /// <summary>A single number.</summary>
    public static string Scalar(OnnxGraph graph, float value) => graph.Constant(FormattableString.Invariant($"constant_{value:R}"), [], [value]);

    private static string Name(Activation activation) => activation == Activation.HardSigmoidOnnx ? nameof(Activation.HardSigmoid) : activation.ToString();
}
