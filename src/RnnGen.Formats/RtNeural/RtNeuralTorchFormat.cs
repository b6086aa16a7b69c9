namespace RnnGen.Formats.RtNeural;

/// <summary>RTNeural's JSON of PyTorch models: nothing but the tensors of a <c>state_dict</c>, in the order of the modules.</summary>
internal sealed class RtNeuralTorchFormat : ModelFormat
{
    /// <inheritdoc/>
    public override string Name => "PyTorch state dict (JSON)";

    internal override bool Recognizes(ModelFile file) =>
        JsonFile.RootMembers(file).Any(name => name.EndsWith(".weight_ih_l0", StringComparison.Ordinal) || name.EndsWith(".weight", StringComparison.Ordinal));

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        List<StateTensor> tensors = [];
        foreach ((string name, JsonValue json) in JsonFile.Parse(file).Members())
        {
            (int[] shape, float[] values) = json.Tensor();
            tensors.Add(new StateTensor(name, shape, () => values));
        }

        return StateDict.Read("a PyTorch state dict (JSON, as RTNeural reads it)", tensors, isInOrder: true, [], options);
    }
}
