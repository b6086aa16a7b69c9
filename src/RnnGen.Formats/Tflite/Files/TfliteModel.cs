namespace RnnGen.Formats.Tflite;

/// <summary>What this reader takes of TensorFlow Lite's <c>Model</c>: its first graph, which is the one that is run.</summary>
/// <param name="Tensors">All tensors; operators name them by their places.</param>
/// <param name="Operators">The operators in the order in which they are computed.</param>
/// <param name="Inputs">The graph's inputs.</param>
/// <param name="Outputs">The graph's outputs.</param>
internal sealed record TfliteModel(IReadOnlyList<TfliteTensor> Tensors, IReadOnlyList<TfliteOperator> Operators, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs)
{
    private readonly Dictionary<int, int> _readers = Operators.SelectMany(item => item.Inputs).GroupBy(place => place).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>How often operators read a tensor.</summary>
    public int Readers(int place) => _readers.GetValueOrDefault(place);
}

/// <summary>An <c>Operator</c>.</summary>
/// <param name="Kind">Its name in the schema: <c>FULLY_CONNECTED</c>.</param>
/// <param name="Inputs">Places of its inputs; −1 for one that is left out.</param>
/// <param name="Outputs">Places of its outputs.</param>
/// <param name="OptionsType">Which table of options it has; 0 for none.</param>
/// <param name="Options">Its options; null where all have their defaults.</param>
/// <param name="IsPlain">Whether it has no more than that: no options of its own kind, no second table of them.</param>
internal sealed record TfliteOperator(string Kind, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, int OptionsType, FlatTable? Options, bool IsPlain);

/// <summary>A <c>Tensor</c>.</summary>
/// <param name="Name">Its name, which no other tensor has.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Signature">The same with −1 for those that may change.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="IsVariable">Whether it is a state that is kept between calls.</param>
/// <param name="Data">Where its values are; null where it is computed.</param>
/// <param name="Scale">How its integers become numbers; null where they are numbers.</param>
/// <param name="IsReadable">Whether its values are stored in a way that this reader knows.</param>
internal sealed record TfliteTensor(string Name, int[] Shape, int[] Signature, TfliteType Type, bool IsVariable, (long At, int Count)? Data, TfliteScale? Scale, bool IsReadable);

/// <summary><c>scale · (q − zero)</c>: one for all values, or one for each place along an axis.</summary>
internal sealed record TfliteScale(float[] Scales, long[] Zeros, int Axis);

/// <summary>Element types by their numbers in the file.</summary>
internal enum TfliteType
{
    Float32 = 0,
    Float16 = 1,
    Int32 = 2,
    UInt8 = 3,
    Int64 = 4,
    Bool = 6,
    Int16 = 7,
    Int8 = 9,
    Float64 = 10,
}
