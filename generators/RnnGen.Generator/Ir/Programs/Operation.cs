namespace RnnGen.Generator.Ir.Programs;

/// <summary>Something that a routine does.</summary>
internal abstract record Operation
{
    /// <summary>The operations inside of it.</summary>
    public virtual IReadOnlyList<Operation> Inner => [];

    /// <summary>The places that it mentions, but for those of the operations inside.</summary>
    public virtual IEnumerable<Reference> Places => [];
}

/// <summary>A sentence for the reader of the generated code.</summary>
internal sealed record Remark(string Text) : Operation;

/// <summary>Declares a local.</summary>
internal sealed record Let(string Name, Integer Value, string? Remark = null) : Operation;

/// <summary>Gives a local another value.</summary>
internal sealed record Assign(string Name, Integer Value) : Operation;

/// <summary>Gives a buffer's start, or a place in it, a local: of a tape's region, of the frame or the current mask.</summary>
internal sealed record Bind(Reference Place, Memory As) : Operation
{
    public override IEnumerable<Reference> Places => [Place];
}

/// <summary>For each number from 0, or down to 0.</summary>
/// <param name="Name">The number.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Reverse">Whether the last comes first.</param>
/// <param name="Body">What is done with each.</param>
internal sealed record ForEach(string Name, Integer Count, bool Reverse, IReadOnlyList<Operation> Body) : Operation
{
    /// <summary>A local that goes from turn to turn; null where there is none.</summary>
    public Let? Carried { get; init; }

    public override IReadOnlyList<Operation> Inner => Body;
}

/// <summary>For each chunk of a range, from its start or from its end, of so many at most.</summary>
/// <param name="Name">The first of a chunk.</param>
/// <param name="Size">How many it has.</param>
/// <param name="From">The first of all.</param>
/// <param name="To">The one after the last.</param>
/// <param name="Most">How many a chunk may have.</param>
/// <param name="Reverse">Whether the last chunk comes first.</param>
/// <param name="Body">What is done with each.</param>
internal sealed record ForChunks(string Name, string Size, Integer From, Integer To, Integer Most, bool Reverse, IReadOnlyList<Operation> Body) : Operation
{
    public override IReadOnlyList<Operation> Inner => Body;
}

/// <summary>For each span of the rows of a view of the tape: chunk by chunk, or step by step where the view has a share of the sequences.</summary>
/// <param name="Name">The first row of a span.</param>
/// <param name="Size">How many it has.</param>
/// <param name="All">The rows of all sequences.</param>
/// <param name="Chunk">How many rows a span of a whole view may have.</param>
/// <param name="Body">What is done with each.</param>
internal sealed record ForSpans(string Name, string Size, Integer All, Integer Chunk, IReadOnlyList<Operation> Body) : Operation
{
    public override IReadOnlyList<Operation> Inner => Body;
}

/// <summary>Does something if a condition holds.</summary>
internal sealed record When(Condition Condition, IReadOnlyList<Operation> Body) : Operation
{
    public override IReadOnlyList<Operation> Inner => Body;
}

/// <summary>What is asked when a batch runs.</summary>
internal enum Condition
{
    /// <summary>Whether the view of the tape has all sequences.</summary>
    ViewIsWhole,

    /// <summary>Whether it has a share of them.</summary>
    ViewIsShare,

    /// <summary>Whether the batch wants outputs.</summary>
    WantsOutputs,

    /// <summary>Whether the backward pass is asked for the gradient of the frames.</summary>
    WantsInputGradients,

    /// <summary>Whether the next block of gradients is this thread's.</summary>
    TakesBlock,
}

/// <summary>Begins to count blocks of gradients, which threads share.</summary>
internal sealed record BeginBlocks : Operation;

/// <summary>Turns the way of a stream's steps round: a local becomes 1 if this step goes backwards through the weights, otherwise 0.</summary>
/// <param name="Name">The local.</param>
/// <param name="Place">Where the stream keeps the way of its last step.</param>
internal sealed record Turn(string Name, Reference Place) : Operation
{
    public override IEnumerable<Reference> Places => [Place];
}

/// <summary>Calls another routine of the program with what this one was given, and the locals of those names.</summary>
internal sealed record CallRoutine(Routine Routine) : Operation;

/// <summary>Calls a kernel for some rows.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="References">What its parameters are bound to.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record CallKernel(Kernel Kernel, IReadOnlyList<Reference> References, Integer Rows) : Operation
{
    public override IEnumerable<Reference> Places => References;
}

/// <summary>Calls the step of a stage: its product and its equations for one row.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="References">What its parameters are bound to.</param>
/// <param name="Backwards">The local that says which way it goes through the weights; null where it has one way.</param>
internal sealed record CallStep(Kernel Kernel, IReadOnlyList<Reference> References, string? Backwards) : Operation
{
    public override IEnumerable<Reference> Places => References;
}
