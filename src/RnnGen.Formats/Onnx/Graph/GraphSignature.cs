namespace RnnGen.Formats.Onnx;

/// <summary>How a graph is fed by a program that runs it, so that it gets and gives what the network does that was read of it.</summary>
/// <param name="Input">The input that is the network's.</param>
/// <param name="InputAxes">What the axes of that input count.</param>
/// <param name="NextStates">The inputs that are states, and the outputs that are the same states afterwards.</param>
/// <param name="Outputs">The outputs that are the network's, one after the other, and what their axes count.</param>
internal sealed record GraphSignature(string Input, IReadOnlyList<Dim> InputAxes, IReadOnlyDictionary<string, string> NextStates, IReadOnlyList<(string Name, IReadOnlyList<Dim> Axes)> Outputs)
{
    /// <summary>Whether the graph takes sequences, and not one step at a time.</summary>
    public bool HasTime => InputAxes.Any(axis => axis.HasTime);

    /// <summary>How an ONNX file's graph is fed; null for files of other formats.</summary>
    /// <param name="file">A file that can be read.</param>
    /// <exception cref="FormatException">It cannot.</exception>
    public static (GraphSignature Signature, OnnxGraph Graph)? Of(ModelFile file)
    {
        if (!OnnxModelReader.IsModel(file.Bytes))
            return null;
        OnnxModel model = OnnxModelReader.Read(file.Bytes);
        var reader = new GraphReader(model, ImportOptions.Default, new Budget(file.Bytes.Length), new FoldedConstants());
        reader.Read(part: null);
        return (reader.Signature!, model.Graph);
    }
}
