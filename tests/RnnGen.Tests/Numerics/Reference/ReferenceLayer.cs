namespace RnnGen.Tests.Numerics;

/// <summary>A sequence between two layers: a row a step, null where the step is masked.</summary>
/// <param name="Steps">The rows.</param>
/// <param name="Last">What <see cref="LastStepAttribute"/> keeps, where the layer goes in reverse; else its last unmasked row.</param>
internal sealed record ReferenceRows(Variable?[] Steps, Variable Last)
{
    public ReferenceRows(Variable?[] steps)
        : this(steps, steps.Last(step => step is not null)!)
    {
    }

    /// <summary>The rows of several layers, made one.</summary>
    public static ReferenceRows Of(IReadOnlyList<ReferenceRows> several, Func<IReadOnlyList<Variable>, Variable> one) => new(
        [.. several[0].Steps.Select((step, index) => step is null ? null : one([.. several.Select(rows => rows.Steps[index]!)]))]);

    /// <summary>The rows of unmasked steps through a function.</summary>
    public ReferenceRows Map(Func<Variable, Variable> function) => new([.. Steps.Select(step => step is null ? null : function(step))]);
}

/// <summary>
/// A layer in double precision, as plainly as its equations can be written, for one sequence at a time: what the generated kernels are compared with.
/// </summary>
/// <param name="name">The prefix of its parameters.</param>
/// <param name="size">Of its output.</param>
internal abstract class ReferenceLayer(string name, int size)
{
    public int Size => size;

    /// <summary>The parameters' shapes by their full names, in canonical order.</summary>
    public Dictionary<string, int[]> Shapes { get; } = [];

    /// <summary>Its states in canonical order: sizes, and the parameters that are their first values where those are learned.</summary>
    public List<(int Size, string? Learned)> States { get; } = [];

    /// <summary>The outputs of a sequence.</summary>
    public abstract ReferenceRows Forward(ReferenceRows rows, ReferenceRun run);

    /// <summary>The same from the outputs of several layers, side by side.</summary>
    public virtual ReferenceRows Forward(IReadOnlyList<ReferenceRows> several, ReferenceRun run) =>
        Forward(several.Count == 1 ? several[0] : ReferenceRows.Of(several, Variable.Concat), run);

    protected void Declare(string parameter, params int[] shape) => Shapes.Add($"{name}.{parameter}", shape);

    /// <summary>A parameter, or null where the layer has none of that name.</summary>
    protected Variable? Find(ReferenceRun run, string parameter) => run.Parameters.GetValueOrDefault($"{name}.{parameter}");
}

/// <summary><c>y = φ(W x + b)</c>.</summary>
internal sealed class ReferenceDense : ReferenceLayer
{
    private readonly DenseAttribute _dense;

    public ReferenceDense(string name, DenseAttribute dense, int inputSize)
        : base(name, dense.Units)
    {
        _dense = dense;
        Declare("weight", dense.Units, inputSize);
        if (dense.Bias)
            Declare("bias", dense.Units);
    }

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run)
    {
        ReferenceRows sums = rows.Map(row => Find(run, "weight")!.Product(row).PlusIfAny(Find(run, "bias")));
        run.Logits = _dense.Activation is Activation.Softmax or Activation.Sigmoid ? sums : null; // those that a loss can be fused with
        return sums.Map(row => row.Activate(_dense.Activation, _dense.ActivationAlpha, _dense.ActivationBeta));
    }
}

/// <summary>The class's row of <c>weight [classes, units]</c>: the one-hot vector times the matrix.</summary>
internal sealed class ReferenceEmbedding : ReferenceLayer
{
    public ReferenceEmbedding(string name, EmbeddingAttribute embedding, int classes)
        : base(name, embedding.Units) => Declare("weight", classes, embedding.Units);

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) => rows.Map(Find(run, "weight")!.TransposedProduct);
}

/// <summary>Keeps one step of a sequence.</summary>
internal sealed class ReferenceLastStep(string name, int size) : ReferenceLayer(name, size)
{
    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) => new([rows.Last]);
}

/// <summary>The mean over unmasked steps; its states are the sum and the number of steps, each with what rounding took from it: here nothing.</summary>
internal sealed class ReferenceMeanPool : ReferenceLayer
{
    public ReferenceMeanPool(string name, int size)
        : base(name, size) => States.AddRange([(size, null), (size, null), (size, null), (size, null)]);

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run)
    {
        (Variable sum, Variable lostOfSum, Variable count, Variable lostOfCount) =
            (run.TakeState(Size), run.TakeState(Size), run.TakeState(Size), run.TakeState(Size));
        Variable nothing = run.Constant(new double[Size]);
        foreach (Variable row in rows.Steps.OfType<Variable>())
        {
            (sum, lostOfSum) = (sum + lostOfSum + row, nothing);
            (count, lostOfCount) = (count.Map(value => value + 1, _ => 1) + lostOfCount, nothing);
        }

        run.LeaveStates(sum, lostOfSum, count, lostOfCount);
        return new([sum * count.Map(value => 1 / value, value => -1 / (value * value))]);
    }
}

/// <summary>The maximum over unmasked steps; its states are the maximum and whether there was a step.</summary>
internal sealed class ReferenceMaxPool : ReferenceLayer
{
    public ReferenceMaxPool(string name, int size)
        : base(name, size) => States.AddRange([(size, null), (size, null)]);

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run)
    {
        (Variable maximum, Variable seen) = (run.TakeState(Size), run.TakeState(Size));
        bool isSeen = seen.Values[0] != 0;
        foreach (Variable row in rows.Steps.OfType<Variable>())
        {
            maximum = isSeen ? Variable.Max(maximum, row) : row;
            isSeen = true;
        }

        run.LeaveStates(maximum, run.Constant([.. Enumerable.Repeat(1.0, Size)]));
        return new([maximum]);
    }
}

/// <summary>A causal convolution; its state is the past that it still needs, the oldest step first. One that sees both sides has none.</summary>
internal sealed class ReferenceConv1D : ReferenceLayer
{
    private readonly Conv1DAttribute _convolution;
    private readonly int _inputSize;
    private readonly bool _resets;

    public ReferenceConv1D(string name, Conv1DAttribute convolution, int inputSize, bool resets)
        : base(name, convolution.Units)
    {
        (_convolution, _inputSize, _resets) = (convolution, inputSize, resets);
        Declare("weight", convolution.Units, inputSize, convolution.KernelSize);
        if (convolution.Bias)
            Declare("bias", convolution.Units);
        if (History > 0)
            States.Add((History * inputSize, null));
    }

    private int Reach => (_convolution.KernelSize - 1) * _convolution.Dilation;

    private int History => _convolution.Padding == ConvPadding.Causal ? Reach : 0;

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) => _convolution.Padding == ConvPadding.Causal ? OfPast(rows, run) : OfBothSides(rows, run);

    /// <summary>Zeros around each sequence, ⌊reach / 2⌋ before it and the rest behind it; a masked step that resets ends a sequence.</summary>
    private ReferenceRows OfBothSides(ReferenceRows rows, ReferenceRun run)
    {
        var outputs = new Variable?[rows.Steps.Length];
        for (int step = 0; step < outputs.Length; step++)
        {
            if (rows.Steps[step] is null)
                continue;
            IEnumerable<Variable?> before = rows.Steps[..step].Reverse(), after = rows.Steps[(step + 1)..];
            if (_resets)
                (before, after) = (before.TakeWhile(row => row is not null), after.TakeWhile(row => row is not null));
            Variable zero = run.Constant(new double[_inputSize]);
            List<Variable> padded =
            [
                .. before.OfType<Variable>().Concat(Enumerable.Repeat(zero, Reach / 2)).Take(Reach / 2).Reverse(),
                rows.Steps[step]!,
                .. after.OfType<Variable>().Concat(Enumerable.Repeat(zero, Reach)).Take(Reach - (Reach / 2)),
            ];
            outputs[step] = Output(padded, run);
        }

        return new(outputs);
    }

    private ReferenceRows OfPast(ReferenceRows rows, ReferenceRun run)
    {
        Variable state = run.TakeState(History * _inputSize);
        List<Variable> past = [.. Enumerable.Range(0, History).Select(step => state.Part(step * _inputSize, _inputSize))];
        var outputs = new Variable?[rows.Steps.Length];
        for (int step = 0; step < outputs.Length; step++)
        {
            if (rows.Steps[step] is Variable row)
            {
                past.Add(row);
                outputs[step] = Output(past, run);
                past.RemoveAt(0);
            }
            else if (_resets)
            {
                past = [.. past.Select(_ => run.Constant(new double[_inputSize]))];
            }
        }

        if (History > 0)
            run.LeaveStates(Variable.Concat(past));
        return new(outputs);
    }

    /// <summary>φ(b + Σₖ Wₖ x_(k · dilation)) of frames, the oldest first: a product with the taps' frames, interleaved as the weights are, [in, K].</summary>
    private Variable Output(List<Variable> frames, ReferenceRun run)
    {
        List<Variable> taps = [.. Enumerable.Range(0, _convolution.KernelSize).Select(tap => frames[tap * _convolution.Dilation])];
        return Find(run, "weight")!.Product(Variable.Concat([.. Enumerable.Range(0, _inputSize).SelectMany(input => taps.Select(frame => frame.Part(input, 1)))]))
            .PlusIfAny(Find(run, "bias")).Activate(_convolution.Activation, _convolution.ActivationAlpha, _convolution.ActivationBeta);
    }
}

/// <summary>Dropout, which only training with a seed knows: nothing.</summary>
internal sealed class ReferenceDropout(string name, int size) : ReferenceLayer(name, size)
{
    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) => rows.Map(row => row);
}

/// <summary><c>y_j + x_j</c>, x being the network's input.</summary>
internal sealed class ReferenceSkip(string name, int size) : ReferenceLayer(name, size)
{
    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) =>
        new([.. rows.Steps.Zip(run.Frames, (row, frame) => row is null ? null : row + frame!.Part(0, Size))]);
}
