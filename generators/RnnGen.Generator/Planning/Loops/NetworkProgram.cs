using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning.Loops;

/// <summary>All loops of a network, as operations: what the emitter prints and the tests execute.</summary>
/// <param name="Batch">How a batch is run: the entry first.</param>
/// <param name="Tape">The passes of training; null for a network that only infers.</param>
internal sealed record NetworkProgram(IReadOnlyList<Routine> Batch, TapeProgram? Tape)
{
    /// <summary>All of them.</summary>
    public IEnumerable<Routine> Routines => Tape is null ? Batch : [.. Batch, .. Tape.Passes, .. Tape.Parts];

    /// <summary>Plans the loops over batches and tapes.</summary>
    public static NetworkProgram Plan(NetworkPlan network) =>
        new(BatchLoops.Plan(network), network.Tape is null ? null : TapeLoops.Plan(network));
}

/// <summary>The passes of training over a tape, and the routines of parts that they call.</summary>
/// <param name="PrepareForward">Before the forward pass, once for all threads.</param>
/// <param name="Forward">The forward pass over a view.</param>
/// <param name="PrepareBackward">Before the backward pass, once for all threads.</param>
/// <param name="Backward">The backward pass over a view.</param>
/// <param name="Gradients">The gradients of weights, a share of their blocks.</param>
/// <param name="Parts">What the passes call.</param>
internal sealed record TapeProgram(
    Routine PrepareForward, Routine Forward, Routine PrepareBackward, Routine Backward, Routine Gradients, IReadOnlyList<Routine> Parts)
{
    /// <summary>The passes, whose names are those of the runtime's <c>TapePass</c>.</summary>
    public IReadOnlyList<Routine> Passes => [PrepareForward, Forward, PrepareBackward, Backward, Gradients];
}
