namespace RnnGen.Formats.Onnx;

/// <summary>One value of a tensor, the same formula at every time step of every sequence: a constant, or a value of a <see cref="Vector"/>.</summary>
/// <param name="Source">Whose value it is; null of a constant.</param>
/// <param name="Index">Which of its values; of what is not a vector, one of the marks below.</param>
/// <param name="Value">The constant.</param>
internal readonly record struct Cell(Vector? Source, int Index, double Value)
{
    private const int ConstantMark = 0, TimeMark = -1, BatchMark = -2, UnknownMark = -3, StepMark = -4;

    /// <summary>The number of time steps, in the shape of a tensor.</summary>
    public static Cell Steps => new(null, TimeMark, 0);

    /// <summary>The number of sequences, in the shape of a tensor.</summary>
    public static Cell Sequences => new(null, BatchMark, 0);

    /// <summary>A number of which nothing is known, such as a sample rate that is an input.</summary>
    public static Cell Unknown => new(null, UnknownMark, 0);

    /// <summary>The number of the step that a loop is at.</summary>
    public static Cell Step => new(null, StepMark, 0);

    public bool IsStep => Source is null && Index == StepMark;

    public bool IsConstant => Source is null && Index == ConstantMark;

    public bool IsSteps => Source is null && Index == TimeMark;

    public bool IsSequences => Source is null && Index == BatchMark;

    public static Cell Constant(double value) => new(null, ConstantMark, value);

    public static Cell Of(Vector source, int index) => new(source, index, 0);
}
