using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>A cell as data: its parameters, its states and the stages of one time step.</summary>
/// <param name="Kind">For display: <c>lstm</c>.</param>
/// <param name="OutputSize">Units of the output.</param>
/// <param name="Output">The variable that is the cell's output.</param>
/// <param name="Aligned">The vectors from outside that equations use elementwise.</param>
/// <param name="States">The states, in canonical order.</param>
/// <param name="Parameters">The parameters, in canonical order.</param>
/// <param name="Stages">The stages, in the order of computation.</param>
internal sealed record CellGraph(
    string Kind,
    int OutputSize,
    string Output,
    IReadOnlyList<string> Aligned,
    IReadOnlyList<CellState> States,
    IReadOnlyList<CellParameter> Parameters,
    IReadOnlyList<Stage> Stages)
{
    /// <summary>Whether another cell computes the same from parameters of the same names.</summary>
    public bool HasEquationsOf(CellGraph other) =>
        Stages.Count == other.Stages.Count && Stages.Zip(other.Stages, (stage, candidate) => stage.HasEquationsOf(candidate)).All(same => same);
}

/// <summary>A value that goes from step to step: read as <see cref="Previous"/>, written as <see cref="Name"/>.</summary>
internal sealed record CellState(string Name, int Size)
{
    public string Previous => PreviousOf(Name);

    public static string PreviousOf(string state) => state + "Prev";

    /// <summary>The parameter that holds a state's learned first value.</summary>
    public static string LearnedOf(string state) => "initial_" + state;
}

/// <summary>A trainable tensor. Rows = gates × units.</summary>
/// <param name="Name">After the layer's name and a dot, in files.</param>
/// <param name="Gates">Groups of rows.</param>
/// <param name="Units">Rows per group.</param>
/// <param name="Columns">
/// For a matrix: the size of the vector that it multiplies, <see cref="CellGraphBuilder.InputColumns"/> for the layer's input; 0 for a vector.
/// </param>
/// <param name="FanIn">Initial values are drawn from ±1/√(fan-in), or are 0 where it is 0; the same marker for the layer's input size.</param>
internal sealed record CellParameter(string Name, int Gates, int Units, int Columns, int FanIn)
{
    /// <summary>Whether files have its columns as rows: an embedding.</summary>
    public bool Transposed { get; init; }

    /// <summary>For a matrix that multiplies so many frames side by side: files have the frames last, [units, columns / taps, taps]. 0 for any other.</summary>
    public int Taps { get; init; }

    /// <summary>What the gates are called, for display; none where their numbers must do.</summary>
    public IReadOnlyList<string> GateNames { get; init; } = [];

    /// <summary>What each gate's values are at first, null where they are drawn; none where all are.</summary>
    public IReadOnlyList<float?> InitialValues { get; init; } = [];

    /// <summary>Whether training changes it.</summary>
    public bool Trained { get; init; } = true;
}

/// <summary>
/// A part of a time step: matrix products, then elementwise equations that use them. A later stage may multiply what an earlier one computed.
/// </summary>
/// <param name="Units">The size of its vectors.</param>
/// <param name="Accumulators">The pre-activations.</param>
/// <param name="Equations">Elementwise, <see cref="Normalizer">normalized</see>.</param>
/// <param name="Diagonals">Parameter vectors that the equations use (peepholes): variable → gate of the parameter.</param>
internal sealed record Stage(int Units, IReadOnlyList<Accumulator> Accumulators, IReadOnlyList<Equation> Equations, IReadOnlyList<Diagonal> Diagonals)
{
    /// <summary>The means that the equations use.</summary>
    public IReadOnlyList<Mean> Means { get; init; } = [];

    /// <summary>Whether each bias and each vector feeds all accumulators, whose number is even.</summary>
    public bool FeedsInPairs => Accumulators.Count % 2 == 0 && Accumulators.SelectMany(accumulator => accumulator.Terms)
        .GroupBy(term => term.Source is { } source ? (object)source : term.Parameter)
        .All(group => group.Count() == Accumulators.Count);

    /// <summary>Whether another stage computes the same.</summary>
    public bool HasEquationsOf(Stage other) =>
        Units == other.Units
        && Means.SequenceEqual(other.Means)
        && Equations.SequenceEqual(other.Equations)
        && Diagonals.SequenceEqual(other.Diagonals)
        && Accumulators.Select(accumulator => accumulator.Name).SequenceEqual(other.Accumulators.Select(accumulator => accumulator.Name))
        && Accumulators.Zip(other.Accumulators, (accumulator, candidate) => accumulator.Terms.SequenceEqual(candidate.Terms)).All(same => same);

    /// <summary>Whether it reads a value of another stage, or a state as the last step left it: as a factor of its products, under a mean, or in its equations.</summary>
    public bool Reads(string variable) =>
        Equations.Any(equation => equation.Value.Variables.Contains(variable))
        || Means.Any(mean => mean.Source == variable)
        || Accumulators.Any(accumulator => accumulator.Terms.Any(
            term => term.Source is { Kind: not SourceKind.Input } source && ForwardText.Variable(source) == variable));

    /// <summary>The variables that the stage computes.</summary>
    public IEnumerable<string> Computed => Equations.Select(equation => equation.Name);
}

/// <summary>A pre-activation: a sum of matrix-vector products and biases.</summary>
internal sealed record Accumulator(string Name, IReadOnlyList<Term> Terms);

/// <summary>A vector each of whose elements is the mean of some elements of another vector.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Source">A value of an earlier stage, a state as the last step left it, a vector from outside, or a parameter.</param>
/// <param name="First">The first of its elements that counts.</param>
/// <param name="Count">How many count.</param>
internal sealed record Mean(string Name, string Source, int First, int Count)
{
    /// <summary>Whether it is the largest of them, not the mean. Nothing flows back through it: it must not matter which number it is.</summary>
    public bool IsMaximum { get; init; }
}

/// <summary>One summand of a pre-activation.</summary>
/// <param name="Parameter">The matrix, or the bias where there is no source.</param>
/// <param name="Gate">Which group of its rows.</param>
/// <param name="Source">The vector that the matrix multiplies; null for a bias.</param>
internal sealed record Term(string Parameter, int Gate, VectorSource? Source);

/// <summary>A vector that a matrix may multiply.</summary>
internal sealed record VectorSource(SourceKind Kind, string Name);

/// <summary>Where a <see cref="VectorSource"/> comes from.</summary>
internal enum SourceKind
{
    /// <summary>The layer's input.</summary>
    Input,

    /// <summary>A state, as the last step left it.</summary>
    State,

    /// <summary>A variable of an earlier stage.</summary>
    Stage,
}

/// <summary>A gate of a parameter vector that equations use elementwise, under the name of a variable.</summary>
internal sealed record Diagonal(string Variable, string Parameter, int Gate);
