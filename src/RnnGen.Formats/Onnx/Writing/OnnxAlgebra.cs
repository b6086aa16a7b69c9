namespace RnnGen.Formats.Onnx.Writing;

/// <summary>Writes a cell's equations as nodes: the body of a Scan, in which a vector is <c>[batch, size]</c>.</summary>
/// <param name="body">Receives the nodes and the layer's parameters.</param>
/// <param name="layer">The layer.</param>
/// <param name="suffix">Of the direction's parameters.</param>
internal sealed class OnnxAlgebra(OnnxGraph body, ModelLayer layer, string suffix) : ICellAlgebra<string>
{
    private const float NormEpsilon = 1e-5f;

    public string Product(string matrix, int firstRow, int rows, string vector)
    {
        NamedTensor tensor = layer.Find(matrix + suffix)!;
        int columns = tensor.Shape[1];
        float[] transposed = tensor.Values.Part(firstRow * columns, rows * columns).Transposed(rows, columns);
        return body.Node("MatMul", [vector, body.Constant($"{tensor.Name}.{firstRow}", [columns, rows], transposed)]);
    }

    public string Parameter(string name, int start, int count)
    {
        NamedTensor tensor = layer.Find(name + suffix)!;
        return body.Constant($"{tensor.Name}.{start}", [count], tensor.Values.Part(start, count));
    }

    public string Add(string one, string other) => body.Node("Add", [one, other]);

    public string Multiply(string one, string other) => body.Node("Mul", [one, other]);

    public string OneMinus(string x) => body.Node("Sub", [OnnxActivations.Scalar(body, 1), x]);

    /// <summary>An activation. The identity is a function as well, so that readers see where a gate ends.</summary>
    public string Activate(Activation activation, string x, float alpha, float beta) =>
        OnnxActivations.Add(body, activation, activation is Activation.Linear or Activation.Affine ? body.Node("LeakyRelu", [x], OnnxAttribute.Of("alpha", 1f)) : x, alpha, beta);

    public string Clip(string x, float limit) => body.Node("Clip", [x, OnnxActivations.Scalar(body, -limit), OnnxActivations.Scalar(body, limit)]);

    public string Normalize(string x)
    {
        string centred = body.Node("Sub", [x, Mean(x)]);
        string variance = Mean(body.Node("Mul", [centred, centred]));
        return body.Node("Div", [centred, body.Node("Sqrt", [body.Node("Add", [variance, OnnxActivations.Scalar(body, NormEpsilon)])])]);
    }

    private string Mean(string x) => body.Node("ReduceMean", [x], OnnxAttribute.Of("axes", (IReadOnlyList<long>)[-1]), OnnxAttribute.Of("keepdims", 1));
}
