using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>Collects the parts of a network, and has those that layers of several kinds consist of.</summary>
/// <param name="spec">The network.</param>
internal sealed class GraphBuilder(NetworkSpec spec)
{
    private readonly List<Part> _parts = [];

    /// <summary>The network.</summary>
    public NetworkSpec Spec => spec;

    /// <summary>The parts so far, in the order of computation.</summary>
    public IReadOnlyList<Part> Parts => _parts;

    /// <summary>Adds a part; its output.</summary>
    public Vector Add(Part part)
    {
        _parts.Add(part);
        return new Vector(part.Id, part.OutputSize, part.OncePerSequence) { Reverse = part.Reverse };
    }

    /// <summary>A signal as one vector: what two directions computed is merged.</summary>
    public Vector Whole(Signal signal) => signal switch
    {
        Vector vector => vector,
        Directions directions => Add(Merge(directions)),
        _ => throw new ArgumentException($"no signal '{signal}'"),
    };

    /// <summary>Adds a part that treats a vector alone: as that which a matrix multiplies, or elementwise.</summary>
    public Vector AddCell(Part part, Vector input)
    {
        string? aligned = part.Cell!.Aligned.FirstOrDefault();
        var read = aligned is null ? input : Padded(part, input);
        return Add(part with { Inputs = [new PartInput(aligned ?? PartInput.Multiplied, read.Source)], InputSize = input.Size, OncePerSequence = input.OncePerSequence });
    }

    /// <summary>Adds the step that a vector's sequence ends with.</summary>
    public Vector AddLast(LayerSite site, string tail, Vector input) => Add(new Part(site.Id, tail, site.Layer, null)
    {
        Role = PartRole.LastStep,
        Reverse = input.Reverse,
        Inputs = [new PartInput(PartInput.Multiplied, input.Source)],
        InputSize = input.Size,
        OncePerSequence = true,
        Size = input.Size,
    });

    /// <summary>Adds the first features of the network's input in rows of whole vectors, as elementwise equations read them: frames have no padding.</summary>
    public Vector AddInput(LayerSpec layer, string id, int size) => Add(new Part(id, "Input", layer, null)
    {
        Role = PartRole.Columns,
        Inputs = [new PartInput(PartInput.Multiplied, Part.NetworkInput)],
        InputSize = spec.InputSize,
        Size = size,
    });

    /// <summary>Adds a vector's elements in rows that products pad like their own.</summary>
    public Vector AddElements(LayerSite site, Vector input) => Add(new Part(site.Id, "Elements", site.Layer, null)
    {
        Role = PartRole.Columns,
        Inputs = [new PartInput(PartInput.Multiplied, input.Source)],
        InputSize = input.Size,
        OncePerSequence = input.OncePerSequence,
        Size = input.Size,
        IsReadByProducts = true,
    });

    private Vector Padded(Part reader, Vector input) => input.Source == Part.NetworkInput ? AddInput(reader.Layer, reader.LayerId, input.Size) : input;

    private static Part Merge(Directions directions)
    {
        var ((id, layer, _), merge, size) = (directions.Site, directions.Merge, directions.Forward.Size);
        bool concat = merge == MergeCell.Concat;
        return new Part(id, "Merge", layer, concat ? null : MergeCell.Of(merge, size).ToGraph())
        {
            Role = concat ? PartRole.Columns : PartRole.PerStep,
            Inputs = [new PartInput(MergeCell.Forward, directions.Forward.Source), new PartInput(MergeCell.Backward, directions.Backward.Source)],
            InputSize = size,
            OncePerSequence = directions.Forward.OncePerSequence,
            Size = concat ? 2 * size : size,
        };
    }
}
