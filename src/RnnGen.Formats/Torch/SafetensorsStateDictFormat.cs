namespace RnnGen.Formats.Torch;

/// <summary>
/// State dicts of PyTorch in safetensors files, <c>save_file(model.state_dict(), path)</c>. Files that RnnGen wrote say what the network computes; they are
/// offered to another format before.
/// </summary>
internal sealed class SafetensorsStateDictFormat : ModelFormat
{
    public override string Name => "PyTorch state dict (safetensors)";

    internal override bool Recognizes(ModelFile file) => SafetensorsFormat.IsSafetensors(file);

    /// <remarks>The tensors of such a file are sorted by their names, so that it has lost the order of the modules.</remarks>
    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        (byte[] weights, IReadOnlyList<string> integers) = SafetensorsIntegers.Without(file.Bytes);
        StateTensor[] tensors = [.. SafetensorsFile.Read(weights).Tensors.Select(tensor => new StateTensor(tensor.Name, tensor.Shape, () => tensor.Values))];
        return StateDict.Read("a PyTorch state dict (safetensors)", tensors, isInOrder: false, StateDict.NoteIntegers(integers), options);
    }
}
