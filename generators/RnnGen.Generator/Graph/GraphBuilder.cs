using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>Collects the parts of a network, and has those that layers of several kinds consist of.</summary>
/// <param name="spec">The network.</param>
internal sealed class GraphBuilder(NetworkSpec spec)
{
    private readonly List<Part> _parts = [];
    private readonly Dictionary<Directions, Vector> _merged = [];
    private readonly Dictionary<string, Vector> _inputs = [];

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

    /// <summary>A signal as one vector: what two directions computed is merged, once for all that read it.</summary>
    public Vector Whole(Signal signal)
    {
        if (signal is Vector vector)
            return vector;
        var directions = (Directions)signal;
        if (!_merged.TryGetValue(directions, out var merged))
            _merged.Add(directions, merged = Add(Merge(directions)));
        return merged;
    }

    /// <summary>What a layer reads as one vector: several are put side by side.</summary>
    public Vector Input(LayerSite site, IReadOnlyList<Signal> signals) =>
        signals.Count == 1 ? Whole(signals[0]) : Concat(site, "Inputs", signals.Select(Whole).ToList());

    /// <summary>Adds a part that puts vectors side by side.</summary>
    public Vector Concat(LayerSite site, string tail, IReadOnlyList<Vector> vectors)
    {
        int size = vectors.Sum(vector => vector.Size);
        return Add(new Part(site.Id, tail, site.Layer, null)
        {
            Role = PartRole.Columns,
            Inputs = vectors.Select((vector, index) => new PartInput(NameOf(index), vector.Source)).ToList(),
            InputSize = size,
            OncePerSequence = vectors[0].OncePerSequence,
            Size = size,
        });
    }

    /// <summary>What a part of several inputs calls one of them.</summary>
    public static string NameOf(int input) => "x" + Ir.Names.Number(input + 1);

    /// <summary>Adds a part that processes a vector alone: as that which a matrix multiplies, or elementwise.</summary>
    public Vector AddCell(Part part, Vector input)
    {
        string? aligned = part.Cell!.Aligned.FirstOrDefault();
        var read = aligned is null ? input : Padded(part.Layer, part.LayerId, input);
        return Add(part with { Inputs = [new PartInput(aligned ?? PartInput.Multiplied, read.Source)], InputSize = input.Size, OncePerSequence = input.OncePerSequence });
    }

    /// <summary>Adds the activation of a layer's logits, for other layers: on the output it stands after the network.</summary>
    public Vector AddActivation(LayerSite site, Vector logits) =>
        AddCell(new Part(site.Id, "Active", site.Layer, new ActivationCell(site.Layer, logits.Size).ToGraph()), logits);

    /// <summary>Adds the network's outputs side by side.</summary>
    public Vector AddOutputs(IReadOnlyList<Vector> outputs)
    {
        var layer = new LayerSpec("Outputs", "outputs", default);
        return Concat(new LayerSite(layer.Kind, layer, layer), "", outputs);
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

    /// <summary>
    /// Adds the first features of the network's input, in rows of whole vectors, as a layer's elementwise equations read them: frames have no padding.
    /// </summary>
    public Vector AddInput(LayerSpec layer, string id, int size)
    {
        if (!_inputs.TryGetValue(id, out var input))
            _inputs.Add(id, input = Add(new Part(id, "Input", layer, null)
            {
                Role = PartRole.Columns,
                Inputs = [new PartInput(PartInput.Multiplied, Part.NetworkInput)],
                InputSize = spec.InputSize,
                Size = size,
            }));
        return input;
    }

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
    /// <summary>A vector as a layer's elementwise equations read it.</summary>
    public Vector Padded(LayerSpec layer, string id, Vector vector) => vector.Source == Part.NetworkInput ? AddInput(layer, id, vector.Size) : vector;

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
