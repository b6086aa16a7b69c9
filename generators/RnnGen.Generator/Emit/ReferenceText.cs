using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Emit;

/// <summary>Prints places in memory as references. A region that a routine has given a local is called by that.</summary>
internal sealed class ReferenceText
{
    private readonly HashSet<string> _bound = [];

    /// <summary>From here on, the buffer's region has a local.</summary>
    /// <returns>The local's name.</returns>
    public string Bind(RowBuffer buffer)
    {
        _bound.Add(buffer.Name);
        return Names.Camel(buffer.Name);
    }

    /// <summary>A reference to a place.</summary>
    public string Of(Reference place)
    {
        var buffer = place.Buffer;
        return buffer.Memory switch
        {
            Memory.Mask or Memory.MaskAtHand or Memory.TapeMask => Byte(Base(buffer), place.Offset),
            Memory.Sequences => KernelText.At(Base(buffer), IntegerText.Of((new Local("kept") * buffer.Start) + place.Offset)),
            _ when OffsetText.IsNamed(buffer) => KernelText.At(Base(buffer), IntegerText.Of(buffer.Start + place.Offset)),
            _ => KernelText.At(Base(buffer), IntegerText.Of(place.Offset)),
        };
    }

    private static string Byte(string reference, Integer offset) =>
        offset == Integer.Zero ? $"ref {reference}" : $"ref Unsafe.Add(ref {reference}, {IntegerText.Of(offset)})";

    private string Base(RowBuffer buffer) => buffer.Memory switch
    {
        Memory.Weights => "weights",
        Memory.Reduced => "reduced",
        Memory.Gradients => "gradients",
        Memory.State => "state",
        Memory.Input => "input",
        Memory.Inputs => "inputs",
        Memory.Outputs => "outputs",
        Memory.Frames => "batch.Frames",
        Memory.Mask => "batch.Mask",
        Memory.MaskAtHand => "mask",
        Memory.BatchOutputs => "batch.Outputs",
        Memory.BatchStates => "batch.States",
        Memory.BatchScratch => "batch.Scratch",
        Memory.Scratch => "scratch",
        Memory.Sequences => "sequences",
        Memory.Region => _bound.Contains(buffer.Name) ? Names.Camel(buffer.Name) : $"tape.Region(Region.{buffer.Name})",
        Memory.TapeMask => "tape.Mask",
        _ => throw new ArgumentException($"no text for {buffer.Memory}"),
    };
}
