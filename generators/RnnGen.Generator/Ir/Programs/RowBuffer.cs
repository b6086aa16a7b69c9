namespace RnnGen.Generator.Ir.Programs;

/// <summary>Rows of floats somewhere in memory.</summary>
/// <param name="Name">What it holds, as an identifier that no other buffer of its memory has; empty where it is the whole memory.</param>
/// <param name="Memory">Which memory it is part of.</param>
/// <param name="Offset">Where it begins there; of a region, 0.</param>
/// <param name="Stride">Floats from one row to the next; 0 where all rows are the same one.</param>
internal sealed record RowBuffer(string Name, Memory Memory, int Offset, Size Stride)
{
    /// <summary>Rows of no floats, or of one.</summary>
    public RowBuffer(string name, Memory memory, int offset, int stride)
        : this(name, memory, offset, Size.Of(stride))
    {
    }

    /// <summary>Where it begins, by the name that generated code has for it.</summary>
    public NamedOffset Start => new(Memory, Name, Offset);

    /// <summary>A column of a row.</summary>
    public Reference At(Integer row, Integer column) => new(this, (row * Stride) + column);

    /// <summary>The start of a row.</summary>
    public Reference At(Integer row) => At(row, 0);
}

/// <summary>A place in a buffer, so many floats from its start (bytes, where that is what the memory holds).</summary>
internal sealed record Reference(RowBuffer Buffer, Integer Offset)
{
    /// <summary>A place further on.</summary>
    public Reference Further(Integer count) => this with { Offset = Offset + count };
}

/// <summary>A memory that a routine is given, and who owns it.</summary>
internal enum Memory
{
    /// <summary>The network's packed weights.</summary>
    Weights,

    /// <summary>Their copies of less precision, which inference reads in their place.</summary>
    Reduced,

    /// <summary>The gradients of weights, packed like them; the tape's.</summary>
    Gradients,

    /// <summary>A stream's states, and the scratch of a step after them.</summary>
    State,

    /// <summary>The frame of the current step: a stream's.</summary>
    Input,

    /// <summary>The frames of a stream, step after step.</summary>
    Inputs,

    /// <summary>The outputs of a stream.</summary>
    Outputs,

    /// <summary>The frames of a batch, [T, B].</summary>
    Frames,

    /// <summary>The mask of a batch, a byte per row, [T, B].</summary>
    Mask,

    /// <summary>The mask of the current rows.</summary>
    MaskAtHand,

    /// <summary>The outputs of a batch.</summary>
    BatchOutputs,

    /// <summary>The states of a batch's streams.</summary>
    BatchStates,

    /// <summary>A thread's scratch, as a batch has it.</summary>
    BatchScratch,

    /// <summary>The same as a local: values of the current rows.</summary>
    Scratch,

    /// <summary>Behind it: values of all steps of the current sequences. Offsets in it are floats per row, of which there are steps × sequences.</summary>
    Sequences,

    /// <summary>A region of the tape, which owns it.</summary>
    Region,

    /// <summary>The tape's mask, a byte per row, [T, B].</summary>
    TapeMask,
}
