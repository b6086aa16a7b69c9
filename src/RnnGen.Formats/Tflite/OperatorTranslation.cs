namespace RnnGen.Formats.Tflite;

/// <summary>An operator about to be translated: its inputs and options, and the nodes that say the same.</summary>
internal sealed class OperatorTranslation(TfliteModel model, TfliteOperator item, OnnxGraph graph, IReadOnlyDictionary<int, TfliteOperator> makers)
{
    // Sizes, axes and places: more of them are none.
    private const int MaxIntegers = 16;

    private int _count;

    public TfliteOperator Item => item;

    public int InputCount => item.Inputs.Count;

    public int OutputCount => item.Outputs.Count;

    /// <summary>The name by which messages call it: that of its first output.</summary>
    public string Name => item.Outputs.Count > 0 ? model.Tensors[item.Outputs[0]].Name : item.Kind;

    public UnsupportedLayerException Refuse(string reason) => new(Name, item.Kind, reason);

    public byte Byte(int option, byte unlessSet = 0) => item.Options?.Byte(option, unlessSet) ?? unlessSet;

    public int Int32(int option) => item.Options?.Int32(option) ?? 0;

    public float Float(int option) => item.Options?.Float(option) ?? 0;

    public bool Has(int input) => input < item.Inputs.Count && item.Inputs[input] >= 0;

    /// <summary>An input's name; none where it is left out.</summary>
    public string Input(int input) => Has(input) ? model.Tensors[item.Inputs[input]].Name : "";

    /// <summary>An input that must be there.</summary>
    public TfliteTensor Tensor(int input) => Has(input) ? model.Tensors[item.Inputs[input]] : throw Refuse($"expected an input {input}, got none");

    /// <summary>Whether no other operator reads an input.</summary>
    public bool ReadsAlone(int input) => Has(input) && model.Readers(item.Inputs[input]) == 1;

    public TfliteTensor OutputTensor(int output) => output < item.Outputs.Count ? model.Tensors[item.Outputs[output]] : throw Refuse($"expected an output {output}, got none");

    /// <summary>The operator that makes an input; null where it is the graph's or constant.</summary>
    public OperatorTranslation? Maker(int input) => Has(input) && makers.TryGetValue(item.Inputs[input], out TfliteOperator? maker) ? new OperatorTranslation(model, maker, graph, makers) : null;

    /// <summary>The whole numbers of an input that must be constant.</summary>
    public long[] Integers(int input)
    {
        TfliteTensor tensor = Tensor(input);
        if (!graph.Initializers.TryGetValue(tensor.Name, out OnnxTensor? constant))
            throw Refuse($"expected input {input} constant, got a computed one");
        if (constant.Type != OnnxType.Int64 || constant.Shape.Aggregate(1L, (product, size) => product * size) > MaxIntegers)
            throw Refuse($"expected at most {MaxIntegers} whole numbers as input {input}, got {Text.Shape(constant.Shape)}");
        return Array.ConvertAll(constant.Values(), value => (long)value);
    }

    /// <summary>Adds a node.</summary>
    /// <returns>The name of what it gives.</returns>
    public string Add(string operation, string[] inputs, params (string Name, object Value)[] attributes) => Add(operation, 1, inputs, attributes)[0];

    /// <summary>The same with several outputs.</summary>
    public string[] Add(string operation, int outputs, string[] inputs, params (string Name, object Value)[] attributes) => AddNode(Name, operation, "", outputs, inputs, attributes);

    /// <summary>Adds a node that reads weights alone: it has no name, for a part of the graph that begins with the operator begins with what it reads else.</summary>
    public string AddNameless(string operation, string[] inputs, params (string Name, object Value)[] attributes) => AddNode("", operation, "", 1, inputs, attributes)[0];

    /// <summary>Adds a node of an operator that ONNX has not.</summary>
    public string[] AddOwn(string operation, int outputs, string[] inputs, params (string Name, object Value)[] attributes) => AddNode(Name, operation, "tflite", outputs, inputs, attributes);

    /// <summary>A list of whole numbers, or one, as a value of the graph.</summary>
    public string Constant(long[] values, bool isScalar = false)
    {
        string name = $"{Name}:{_count++}";
        graph.Initializers[name] = new OnnxTensor(name, isScalar ? [] : [values.Length], OnnxType.Int64, IsExternal: false, () => Array.ConvertAll(values, value => (double)value));
        return name;
    }

    /// <summary>What the operator gives.</summary>
    public void Give(params string[] values)
    {
        if (values.Length != item.Outputs.Count)
            throw Refuse($"expected {values.Length} outputs, got {item.Outputs.Count}");
        for (int output = 0; output < values.Length; output++)
            graph.Nodes.Add(Node("Identity", "", [values[output]], [model.Tensors[item.Outputs[output]].Name]));
    }

    /// <summary>The same after the activation that is fused with it.</summary>
    public void StoreActivated(string value, int option) => Give(Byte(option) switch
    {
        0 => value,
        1 => Add("Relu", [value]),
        4 => Add("Tanh", [value]),
        var other => throw Refuse($"its fused activation is {(other switch { 2 => "RELU_N1_TO_1", 3 => "RELU6", 5 => "SIGN_BIT", _ => $"number {other}" })}, which no layer computes"),
    });

    /// <summary>A node that is refused.</summary>
    public void StoreRefused(string reason) => graph.Nodes.Add(Node("REFUSED", "tflite", [], [.. item.Outputs.Select(output => model.Tensors[output].Name)], (RefusedOperator.Reason, reason)));

    private string[] AddNode(string name, string operation, string domain, int outputs, string[] inputs, (string Name, object Value)[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => $"{Name}:{_count++}")];
        graph.Nodes.Add(Node(operation, domain, inputs, names, attributes) with { Name = name });
        return names;
    }

    private OnnxNode Node(string operation, string domain, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) => new(
        Name,
        operation,
        domain,
        inputs,
        outputs,
        attributes.ToDictionary(attribute => attribute.Name, attribute => Attribute(attribute.Name, attribute.Value), StringComparer.Ordinal)) { Kind = item.Kind };

    private static OnnxAttribute Attribute(string name, object value)
    {
        var attribute = new OnnxAttribute { Name = name };
        switch (value)
        {
            case long integer: attribute.Integer = integer; break;
            case float number: attribute.Float = number; break;
            case string text: attribute.Text = text; break;
            case long[] integers: attribute.Integers.AddRange(integers); break;
            default: throw new NotSupportedException($"{value.GetType().Name} is not an attribute.");
        }

        return attribute;
    }
}
