namespace RnnGen.Generator.Ir.Programs;

/// <summary>Calls a method of the runtime, which is the same for all networks and instruction sets.</summary>
/// <param name="Method">The method, with its type.</param>
internal abstract record RuntimeCall(string Method) : Operation
{
    /// <summary>Its arguments in order.</summary>
    public abstract IReadOnlyList<Argument> Arguments { get; }

    public override IEnumerable<Reference> Places => Arguments.OfType<PlaceArgument>().Select(argument => argument.Place);

    protected static Argument View { get; } = new TapeArgument(TapeQuantity.View);
}

/// <summary>Sets floats to 0.</summary>
internal sealed record Clear(Reference Place, Integer Length) : RuntimeCall("Scratch.Clear")
{
    public override IReadOnlyList<Argument> Arguments => [Place, Length];
}

/// <summary>Copies floats.</summary>
internal sealed record CopyFloats(Reference From, Reference To, Size Length) : RuntimeCall("Scratch.Copy")
{
    public override IReadOnlyList<Argument> Arguments => [From, To, Length];
}

/// <summary>Copies the first columns of rows to those of other rows, or adds them there.</summary>
internal sealed record MoveColumns(Reference From, Size FromStride, Reference To, Size ToStride, Size Size, Integer Rows, bool Add)
    : RuntimeCall(Add ? "SequenceRows.AddColumns" : "SequenceRows.CopyColumns")
{
    public override IReadOnlyList<Argument> Arguments => [From, FromStride, To, ToStride, Size, Rows];
}

/// <summary>The same for all rows of a view of the tape, of which each sequence has so many.</summary>
internal sealed record MoveTapeColumns(Integer Steps, Reference From, Size FromStride, Reference To, Size ToStride, Size Size, bool Add)
    : RuntimeCall(Add ? "SequenceRows.AddColumns" : "SequenceRows.CopyColumns")
{
    public override IReadOnlyList<Argument> Arguments => [View, Steps, From, FromStride, To, ToStride, Size];
}

/// <summary>Sets the rows of a view of the tape to 0.</summary>
internal sealed record ClearTapeRows(Integer Steps, Reference Rows, Size Stride) : RuntimeCall("SequenceRows.Clear")
{
    public override IReadOnlyList<Argument> Arguments => [View, Steps, Rows, Stride];
}

/// <summary>Fills rows with the means or the largest values of others, or adds the means to them.</summary>
internal sealed record AverageRows(Reference From, Size FromStride, Reference To, Size ToStride, MeanShape Shape, Integer Rows, bool Add)
    : RuntimeCall(Shape.IsMaximum ? "RowMaxima.Fill" : (Add ? "RowMeans.Add" : "RowMeans.Fill") + (Shape.IsWhole ? "" : "Part"))
{
    public override IReadOnlyList<Argument> Arguments => Shape.IsWhole
        ? [From, FromStride, To, ToStride, Shape.Units, Rows]
        : [From, FromStride, Shape.From, Shape.Count, To, ToStride, Shape.To, Shape.Units, Shape.Divisor, Rows];
}

/// <summary>Sets the rows of some streams to 0.</summary>
internal sealed record ClearRows(Reference Place, Size Stride, Integer Rows) : RuntimeCall("StreamRows.Clear")
{
    public override IReadOnlyList<Argument> Arguments => [Place, Stride, Rows];
}

/// <summary>Copies a learned state to the rows of some streams.</summary>
internal sealed record FillRows(Reference Vector, Reference To, Size Stride, Size Size, Integer Rows) : RuntimeCall("StreamRows.Fill")
{
    public override IReadOnlyList<Argument> Arguments => [Vector, To, Stride, Size, Rows];
}

/// <summary>Copies a state of some streams into rows, where there are streams, or back.</summary>
internal sealed record MoveStates(Reference States, Integer First, Size StateStride, Reference Place, Size Stride, Size Size, Integer Rows, bool Load)
    : RuntimeCall(Load ? "StreamRows.Load" : "StreamRows.Store")
{
    public override IReadOnlyList<Argument> Arguments => [States, First, StateStride, Place, Stride, Size, Rows];
}

/// <summary>Copies the rows that are not masked over those of earlier steps.</summary>
internal sealed record KeepLast(Reference Mask, Reference From, Size FromStride, Reference To, Size ToStride, Size Size, Integer Rows)
    : RuntimeCall("SequenceRows.Keep")
{
    public override IReadOnlyList<Argument> Arguments => [Mask, From, FromStride, To, ToStride, Size, Rows];
}

/// <summary>A window's sizes.</summary>
internal sealed record Window(Size Size, Size Taps, Size Dilation, bool Resets)
{
    /// <summary>Of surroundings: steps from the oldest frame to the step itself.</summary>
    public Size Before { get; init; } = Size.Of(0);
}

/// <summary>The sizes of windows on both sides of a step, and of their rows.</summary>
internal sealed record Surroundings(Window Window, Size FrameStride, Size WindowStride)
{
    /// <summary>As the runtime takes them.</summary>
    public Argument Argument => new ShapeArgument("SurroundingsShape",
    [
        ("", Window.Size), ("", Window.Taps), ("", Window.Dilation), ("", Window.Before), ("", new FlagArgument(Window.Resets)),
        ("FrameStride", FrameStride), ("WindowStride", WindowStride),
    ]);
}

/// <summary>The windows on both sides of some steps of some sequences.</summary>
/// <param name="Shape">Sizes.</param>
/// <param name="Mask">Of the first step of the first sequence.</param>
/// <param name="MaskRows">Rows of the mask a step.</param>
/// <param name="Steps">All steps.</param>
/// <param name="Frames">Those of the first step.</param>
/// <param name="FrameRows">Rows of them a step.</param>
/// <param name="Windows">Receives those of the current steps.</param>
/// <param name="First">The first of those steps.</param>
/// <param name="Count">So many.</param>
/// <param name="Rows">Sequences.</param>
internal sealed record FillSurroundings(
    Surroundings Shape, Reference Mask, Integer MaskRows, Integer Steps, Reference Frames, Integer FrameRows, Reference Windows, Integer First, Integer Count, Integer Rows)
    : RuntimeCall("SurroundingFrames.Fill")
{
    public override IReadOnlyList<Argument> Arguments => [Shape.Argument, Mask, MaskRows, Steps, Frames, FrameRows, Windows, First, Count, Rows];
}

/// <summary>All windows on both sides of a view of the tape, forward or backward.</summary>
internal sealed record PassSurroundings(bool Forward, Surroundings Shape, Reference Frames, Reference Windows)
    : RuntimeCall(Forward ? "SurroundingFrames.Forward" : "SurroundingFrames.Backward")
{
    public override IReadOnlyList<Argument> Arguments => [View, Shape.Argument, Frames, Windows];
}

/// <summary>One step of a window of one stream.</summary>
internal sealed record StepWindow(Reference Frame, Reference Past, Reference To, Window Window) : RuntimeCall("PastFrames.Step")
{
    public override IReadOnlyList<Argument> Arguments => [Frame, Past, To, Window.Size, Window.Taps, Window.Dilation];
}

/// <summary>One step of the windows of some streams.</summary>
internal sealed record StepWindows(
    Reference Mask, Reference Frames, Size FrameStride, Reference Pasts, Size PastStride, Reference To, Size ToStride, Window Window, Integer Rows)
    : RuntimeCall("PastFrames.Step")
{
    public override IReadOnlyList<Argument> Arguments =>
    [
        Mask, Frames, FrameStride, Pasts, PastStride, To, ToStride, Window.Size, Window.Taps, Window.Dilation, new FlagArgument(Window.Resets), Rows,
    ];
}

/// <summary>All windows of a view of the tape, forward or backward.</summary>
internal sealed record PassWindows(
    bool Forward, Window Window, Reference Frames, Size FrameStride, Reference Pasts, Size PastStride, Reference Windows, Size WindowStride, Reference Order)
    : RuntimeCall(Forward ? "PastFrames.Forward" : "PastFrames.Backward")
{
    public override IReadOnlyList<Argument> Arguments =>
    [
        View,
        new ShapeArgument("WindowShape",
        [
            ("", Window.Size), ("", Window.Taps), ("", Window.Dilation), ("", new FlagArgument(Window.Resets)),
            ("FrameStride", FrameStride), ("PastStride", PastStride), ("WindowStride", WindowStride),
        ]),
        Frames, Pasts, Windows, Order,
    ];
}

/// <summary>Takes one step of each sequence out of the rows of all steps.</summary>
internal sealed record GatherSteps(bool FirstSteps, Reference All, Size AllStride, Reference One, Size OneStride, Size Size) : RuntimeCall("SequenceRows.Gather")
{
    public override IReadOnlyList<Argument> Arguments =>
        [View, new TapeArgument(FirstSteps ? TapeQuantity.FirstSteps : TapeQuantity.LastSteps), All, AllStride, One, OneStride, Size];
}

/// <summary>Puts a row of each sequence back to where it was taken from, over what is there (0 elsewhere) or added to it.</summary>
internal sealed record ScatterSteps(bool FirstSteps, Reference All, Size AllStride, Reference One, Size OneStride, Size Size, bool Add)
    : RuntimeCall("SequenceRows.Scatter")
{
    public override IReadOnlyList<Argument> Arguments =>
    [
        View, new TapeArgument(FirstSteps ? TapeQuantity.FirstSteps : TapeQuantity.LastSteps), All, AllStride, One, OneStride, Size, new FlagArgument(Add, "add"),
    ];
}

/// <summary>Draws what dropout multiplies values with.</summary>
internal sealed record DrawNoise(Reference Place, Size Stride, Size Units, float Rate, int Stream, bool PerStep)
    : RuntimeCall(PerStep ? "DropoutNoise.FillSteps" : "DropoutNoise.Fill")
{
    public override IReadOnlyList<Argument> Arguments => [View, Place, Stride, Units, new RealArgument(Rate), Stream];
}

/// <summary>Adds sums over rows to the gradients of biases.</summary>
internal sealed record SumRows(
    Reference Rows, Size RowStride, Size SumsBlockStride, Size Width, Size Blocks, Size BlockStride, Reference Gradients, IReadOnlyList<Size> Offsets, Integer Count)
    : RuntimeCall("RowSums.Add")
{
    public override IReadOnlyList<Argument> Arguments =>
    [
        Rows,
        new ShapeArgument("SumShape", [("", RowStride), ("", SumsBlockStride), ("", Width), ("", Blocks), ("", BlockStride)]),
        Gradients,
        new ListArgument(Offsets),
        Count,
    ];
}

/// <summary>Turns rows of logits into the batch's outputs, those of masked rows to 0 where there is a mask; perhaps only some columns of either.</summary>
internal sealed record WriteOutputs(string Activation, Reference Logits, Size Stride, Reference Outputs, Size OutputStride, Reference? Mask, Size Size, Integer Rows)
    : RuntimeCall(OutputStride.Value == Size.Value ? "SequenceRows.Write" : "SequenceRows.WriteColumns")
{
    public override IReadOnlyList<Argument> Arguments =>
    [
        new MemberArgument("OutputActivation", Activation), Logits, Stride, Outputs, .. OutputStride.Value == Size.Value ? [] : new Argument[] { OutputStride },
        .. Mask is null ? [] : new Argument[] { Mask }, Size, Rows,
    ];
}

/// <summary>Turns one row of logits into outputs.</summary>
internal sealed record ApplyHead(string Activation, Reference Logits, Reference Outputs, Size Size) : RuntimeCall("OutputHead.Apply")
{
    public override IReadOnlyList<Argument> Arguments => [new MemberArgument("OutputActivation", Activation), Logits, Outputs, Size];
}
