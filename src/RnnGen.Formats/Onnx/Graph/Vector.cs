namespace RnnGen.Formats.Onnx;

/// <summary>
/// What a node computes at each time step of each sequence (or once per sequence), as a vector of values: the graph between ONNX's operators, which move values
/// about in tensors, and RnnGen's layers. Vectors are made in the order in which they can be computed.
/// </summary>
internal abstract class Vector(OnnxNode? origin, int size, params Cell[][] sources)
{
    private readonly bool _hasSourcePerSequence = sources.Any(group => group.Any(cell => cell.Source is { IsPerSequence: true }));
    private Vector? _replacement;

    /// <summary>The node that it comes from; null of an input.</summary>
    public OnnxNode? Origin => origin;

    public int Size => size;

    /// <summary>What it is computed of, in groups that mean different things.</summary>
    public IReadOnlyList<Cell[]> Sources => sources;

    /// <summary>Whether there is one per sequence rather than one per step.</summary>
    public virtual bool IsPerSequence => _hasSourcePerSequence;

    /// <summary>What stands for it since a cell was recognised; itself otherwise.</summary>
    public Vector Current => _replacement is { } other ? other.Current : this;

    public void ReplaceBy(Vector other) => _replacement = other;

    public Cell[] Cells() => [.. Enumerable.Range(0, size).Select(index => Cell.Of(this, index))];

    /// <summary>Whether cells are all values of one vector, in order.</summary>
    public static bool IsWhole(Cell[] cells, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Vector? vector)
    {
        vector = cells.Length > 0 ? cells[0].Source?.Current : null;
        if (vector is null || vector.Size != cells.Length)
            return false;
        for (int index = 0; index < cells.Length; index++)
            if (cells[index].Index != index || !ReferenceEquals(cells[index].Source?.Current, vector))
                return false;
        return true;
    }
}

/// <summary>The network's input: features, or a class.</summary>
internal sealed class InputVector(string name, int size, bool isClass) : Vector(null, size)
{
    public string Name => name;

    /// <summary>Whether a step is one whole number. Its <see cref="Vector.Size"/> is 1 then; how many classes there are is known from the embedding.</summary>
    public bool IsClass => isClass;
}

/// <summary>The state that a step begins with: an input of the graph, or of the body of a loop.</summary>
internal sealed class StateVector(string name, int size) : Vector(null, size)
{
    public string Name => name;

    /// <summary>What it is before the first step, of a loop; null where it is an input of the graph: zero unless the program says otherwise.</summary>
    public Cell[]? First { get; init; }
}

/// <summary>The lengths of sequences, an input of the graph: what a mask says.</summary>
internal sealed class LengthsVector() : Vector(null, 1);

/// <summary><c>W x</c>, weights row by row.</summary>
internal sealed class LinearVector(OnnxNode origin, int size, Cell[] x, float[] weight) : Vector(origin, size, x)
{
    public float[] Weight => weight;
}

/// <summary><c>a + sign · b</c>.</summary>
internal sealed class SumVector(OnnxNode origin, Cell[] a, Cell[] b, int sign) : Vector(origin, a.Length, a, b)
{
    public int Sign => sign;
}

/// <summary><c>a ⊙ b</c>.</summary>
internal sealed class ProductVector(OnnxNode origin, Cell[] a, Cell[] b) : Vector(origin, a.Length, a, b);

/// <summary><c>a / b</c>, which no layer computes; a part of a layer normalisation that is written out.</summary>
internal sealed class QuotientVector(OnnxNode origin, Cell[] a, Cell[] b) : Vector(origin, a.Length, a, b);

/// <summary><c>scale ⊙ x + offset</c>.</summary>
internal sealed class AffineVector(OnnxNode origin, Cell[] x, double[] scale, double[] offset) : Vector(origin, x.Length, x)
{
    public double[] Scale => scale;

    public double[] Offset => offset;
}

/// <summary>A function of each value, or softmax; <see cref="Function"/> is null where no activation of RnnGen's is it.</summary>
internal sealed class FunctionVector(OnnxNode origin, Cell[] x, ActivationFunction? function) : Vector(origin, x.Length, x)
{
    public ActivationFunction? Function => function;
}

/// <summary>Values limited in magnitude, which is a part of a cell.</summary>
internal sealed class ClipVector(OnnxNode origin, Cell[] x, float limit) : Vector(origin, x.Length, x)
{
    public float Limit => limit;
}

/// <summary>The mean of values of a step.</summary>
internal sealed class MeanVector(OnnxNode origin, Cell[] x) : Vector(origin, 1, x);

/// <summary><c>(x − mean) / √(variance + epsilon)</c>.</summary>
internal sealed class NormVector(OnnxNode origin, Cell[] x, double epsilon) : Vector(origin, x.Length, x)
{
    // What RnnGen adds to the variance; another number within single precision's rounding is the same.
    private const double OwnEpsilon = 1e-5, Same = 1e-6;

    public double Epsilon => epsilon;

    /// <summary>What x is to be multiplied with so that RnnGen's epsilon means the same: <c>√(s² variance + 1e-5) = s √(variance + ε)</c> with <c>s = √(1e-5 / ε)</c>.</summary>
    public double Factor => Math.Abs(epsilon - OwnEpsilon) <= Same * OwnEpsilon ? 1 : Math.Sqrt(OwnEpsilon / epsilon);
}

/// <summary>Steps with others around them, for a convolution: zeros, or the steps that came before this piece of a sequence. No layer computes it alone.</summary>
/// <param name="origin">The node.</param>
/// <param name="x">The steps.</param>
/// <param name="before">How many stand before them.</param>
/// <param name="after">How many zeros stand after them.</param>
/// <param name="past">The values before, step by step, of a state; null where they are zeros.</param>
internal sealed class PaddedVector(OnnxNode origin, Cell[] x, int before, int after, Cell[]? past) : Vector(origin, x.Length, x)
{
    public int Before => before;

    public int After => after;

    public Cell[]? Past => past;
}

/// <summary>The last steps of a piece of a sequence, step by step: the past of the piece that follows.</summary>
internal sealed class NextPastVector(OnnxNode origin, PaddedVector padded) : Vector(origin, padded.Before * padded.Size, padded.Cells())
{
    public PaddedVector Padded => padded;

    public override bool IsPerSequence => true;
}

/// <summary>A convolution over time, weights [size, channels, taps], without bias.</summary>
internal sealed class ConvolutionVector(OnnxNode origin, int size, Cell[] x, float[] weight, int taps, int dilation, ConvPadding padding) : Vector(origin, size, x)
{
    public float[] Weight => weight;

    public int Taps => taps;

    public int Dilation => dilation;

    public ConvPadding Padding => padding;

    /// <summary>The steps with the past before them, where that is a state.</summary>
    public PaddedVector? WithPast { get; init; }
}

/// <summary>Rows of a table by class.</summary>
internal sealed class EmbeddingVector(OnnxNode origin, Cell[] input, float[] table, int classes, int size) : Vector(origin, size, input)
{
    public float[] Table => table;

    public int Classes => classes;
}

/// <summary>A class as a vector: what layers of a network of classes read from its input.</summary>
internal sealed class OneHotVector(OnnxNode origin, Cell[] input, int classes) : Vector(origin, classes, input);

/// <summary>A recurrent layer: the values of its directions one after the other.</summary>
internal sealed class RecurrentVector(OnnxNode origin, Cell[] x, RecurrentLayer layer) : Vector(origin, layer.OutputSize, x)
{
    public RecurrentLayer Layer => layer;
}

/// <summary>What a recurrent layer ends with, direction by direction: its hidden state, or an LSTM's cell.</summary>
internal sealed class FinalVector(OnnxNode origin, RecurrentVector layer, bool isCell) : Vector(origin, layer.Size, layer.Cells())
{
    public RecurrentVector Layer => layer;

    public bool IsCell => isCell;

    public override bool IsPerSequence => true;
}

/// <summary>One vector per sequence of one per step.</summary>
internal sealed class PoolVector(OnnxNode origin, Cell[] x, LayerAttribute pool) : Vector(origin, x.Length, x)
{
    public LayerAttribute Pool => pool;

    public override bool IsPerSequence => true;
}
