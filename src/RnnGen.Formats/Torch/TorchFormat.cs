namespace RnnGen.Formats.Torch;

/// <summary>PyTorch's checkpoints, <c>.pt</c> and <c>.pth</c>: zip archives with a state dict. No code of the file is run, and no object of its classes is made.</summary>
internal sealed class TorchFormat : ModelFormat
{
    public override string Name => "PyTorch checkpoint";

    /// <summary>A pickle that begins with the number which marked a checkpoint before PyTorch 1.6.</summary>
    private static ReadOnlySpan<byte> Legacy => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    internal override bool Recognizes(ModelFile file) => file.StartsWith(Legacy) || TorchArchive.Is(file);

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        if (file.StartsWith(Legacy))
            throw new FormatException(
                "expected a checkpoint of PyTorch 1.6 or later (a zip archive), got an older one; load it in PyTorch and save it again: torch.save(torch.load(path, weights_only=True), other)");
        using TorchArchive archive = TorchArchive.Open(file);
        (string place, IReadOnlyList<(string Name, TorchTensor Tensor)> tensors) = Checkpoint.Find(archive.ReadObject());
        List<StateTensor> weights = [];
        foreach ((string name, TorchTensor tensor) in tensors)
            if (tensor.Storage.Element.Read is not null)
                weights.Add(new StateTensor(name, tensor.Shape, () => archive.Read(tensor)));
        List<string> notes = [.. StateDict.NoteIntegers(tensors.Where(tensor => tensor.Tensor.Storage.Element.Read is null).Select(tensor => tensor.Name))];
        if (place.Length > 0)
            notes.Add($"The weights are the checkpoint's \"{Text.Shorten(place)}\".");
        if (tensors.Any(tensor => tensor.Tensor.Storage.Element.Name == "float64"))
            notes.Add("Weights of 64 bits were rounded to 32.");
        return StateDict.Read("a PyTorch checkpoint", weights, isInOrder: true, notes, options);
    }
}
