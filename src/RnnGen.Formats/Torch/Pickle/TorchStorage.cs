namespace RnnGen.Formats.Torch;

/// <summary>Numbers that lie in an entry of the archive: <c>archive/data/0</c>.</summary>
/// <param name="Key">The entry's name there.</param>
/// <param name="Element">Their type.</param>
/// <param name="Count">How many numbers it holds.</param>
internal sealed record TorchStorage(string Key, TorchElement Element, long Count)
{
    /// <summary>The storage of a pickle's persistent id: <c>("storage", torch.FloatStorage, "0", "cpu", 12)</c>.</summary>
    /// <exception cref="FormatException">It is another one.</exception>
    public static TorchStorage Of(object? id) =>
        id is PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long and >= 0 and var count] } && TorchElement.OfStorage(type.Name) is { } element
            ? new TorchStorage(key, element, count)
            : throw new FormatException("expected a storage (its type, key, device and length), got something else");
}
