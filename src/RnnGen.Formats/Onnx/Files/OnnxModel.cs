namespace RnnGen.Formats.Onnx;

/// <summary>What this reader takes of ONNX's <c>ModelProto</c>.</summary>
/// <param name="Producer">The program that wrote it, and its version.</param>
/// <param name="ProducerVersion">That program's version.</param>
/// <param name="OperatorSet">The version of ONNX's own operators.</param>
/// <param name="Graph">The graph.</param>
internal sealed record OnnxModel(string Producer, string ProducerVersion, int OperatorSet, OnnxGraph Graph)
{
    /// <summary>The format that the file is in; another one's graphs are read as ONNX's where they can be said in its operators.</summary>
    public string Format { get; init; } = "ONNX";

    /// <summary>What the description calls the file; null for ONNX with its version and producer.</summary>
    public string? Source { get; init; }

    /// <summary>What is to be said of the file, whatever is read of it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A <c>GraphProto</c>: nodes in an order in which they can be computed.</summary>
internal sealed class OnnxGraph
{
    public List<OnnxNode> Nodes { get; } = [];

    public Dictionary<string, OnnxTensor> Initializers { get; } = new(StringComparer.Ordinal);

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>Shapes of values between nodes, where the file states them.</summary>
    public Dictionary<string, OnnxValue> Values { get; } = new(StringComparer.Ordinal);
}

/// <summary>A <c>ValueInfoProto</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements; 0 where the file does not say.</param>
/// <param name="Shape">Its sizes, null for those that are not fixed; null where the file does not say.</param>
internal sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<int?>? Shape);

/// <summary>A <c>NodeProto</c>.</summary>
internal sealed record OnnxNode(string Name, string Operator, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>The operator as the file calls it.</summary>
    public string Kind { get; init; } = Operator;

    /// <summary>Its name, or that of its first output: many writers give none to nodes.</summary>
    public string DisplayName => Name.Length > 0 ? Name : Outputs.FirstOrDefault(output => output.Length > 0) ?? Operator;

    /// <summary>Whether it has a name, or an output of that name.</summary>
    public bool IsCalled(string name) => Name == name || (Name.Length == 0 && Outputs.Contains(name));
}

/// <summary>An <c>AttributeProto</c>; only what belongs to its type is set.</summary>
internal sealed class OnnxAttribute
{
    public string Name { get; set; } = "";

    public float Float { get; set; }

    public long Integer { get; set; }

    public string Text { get; set; } = "";

    public OnnxTensor? Tensor { get; set; }

    public OnnxGraph? Graph { get; set; }

    public List<float> Floats { get; } = [];

    public List<long> Integers { get; } = [];

    public List<string> Texts { get; } = [];
}

/// <summary>Element types by their numbers in the file.</summary>
internal enum OnnxType
{
    Unknown = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Text = 8,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    UInt32 = 12,
    UInt64 = 13,
    BFloat16 = 16,
}

/// <summary>A <c>TensorProto</c>; its values are decoded when they are asked for.</summary>
internal sealed record OnnxTensor(string Name, IReadOnlyList<int> Shape, OnnxType Type, bool IsExternal, Func<double[]> Decode)
{
    private double[]? _values;

    /// <summary>Its values, row-major.</summary>
    public double[] Values() => _values ??= Decode();

    /// <summary>Whether a type's values are whole numbers.</summary>
    public static bool IsInteger(OnnxType type) => type is not (OnnxType.Float or OnnxType.Float16 or OnnxType.BFloat16 or OnnxType.Double or OnnxType.Unknown);
}
