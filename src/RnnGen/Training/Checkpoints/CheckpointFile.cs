using System.Security.Cryptography;
using System.Text;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>
/// Writes and reads checkpoints: safetensors with weights, the optimiser's memory and the best epoch's weights as tensors in canonical layout, and all else
/// as texts in the metadata, with a hash over everything.
/// </summary>
internal static class CheckpointFile
{
    private const string Format = "rnngen.checkpoint";
    private const string Version = "1";
    private const string Network = "network";
    private const string Updates = "updates";
    private const string Random = "random";
    private const string Hash = "sha256";
    private const string OptionPrefix = "options.";
    private const string WeightsPrefix = "weights.";
    private const string BestPrefix = "best.";

    /// <summary>Writes a checkpoint, atomically.</summary>
    /// <exception cref="ArithmeticException">A weight is not finite; the message names it, and the file is left as it was.</exception>
    public static void Write(string path, NetworkLayout layout, TrainerOptions options, Checkpoint checkpoint)
    {
        NamedFile.IsFile(path);
        FiniteWeights.Check(layout, checkpoint.Weights, path);
        FiniteWeights.Check(layout, checkpoint.Position?.BestWeights ?? [], path);
        List<SafetensorsValues> tensors =
        [
            .. Tensors(WeightsPrefix, layout, checkpoint.Weights),
            .. checkpoint.Slots.SelectMany((slot, index) => Tensors(SlotPrefix(index), layout, slot)),
            .. Tensors(BestPrefix, layout, checkpoint.Position?.BestWeights ?? []),
        ];
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["version"] = Version,
            [Network] = layout.Network,
            [Updates] = $"{checkpoint.Updates}",
            [Random] = $"{checkpoint.Random}",
        };
        if (layout.TrainingArchitecture.Length > 0)
            texts[ArchitectureText.TrainingKey] = layout.TrainingArchitecture;
        foreach ((string name, string text) in CheckpointSettings.Of(options))
            texts[OptionPrefix + name] = text;
        if (checkpoint.Position is not null)
            FitPositionText.Write(checkpoint.Position, texts);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SafetensorsValues tensor in tensors)
            SafetensorsStream.Write(tensor.Values(), hash.AppendData);
        texts[Hash] = End(hash, texts);
        AtomicFile.Write(path, file => SafetensorsWriter.Write(tensors, texts, file));
    }

    /// <summary>Reads and checks a checkpoint.</summary>
    /// <exception cref="FormatException">The file is damaged or no checkpoint; the message names the file and what is wrong.</exception>
    /// <exception cref="ArgumentException">It is of another network or of other options; the message names them.</exception>
    public static Checkpoint Read(string path, NetworkLayout layout, TrainerOptions options)
    {
        NamedFile.IsFile(path);
        using FileStream file = NamedFile.OpenRead(path);
        try
        {
            return Read(new SafetensorsStream(file), layout, options);
        }
        catch (FormatException damage)
        {
            throw new FormatException($"{path}: {damage.Message}", damage);
        }
        catch (ArgumentException other)
        {
            throw new ArgumentException($"{path}: {other.Message}", nameof(path), other);
        }
    }

    private static Checkpoint Read(SafetensorsStream file, NetworkLayout layout, TrainerOptions options)
    {
        var texts = new CheckpointText(file.Metadata);
        if (texts["format"] != Format)
            throw CheckpointText.Bad("format", SafetensorsError.Quote(Format), texts["format"]);
        if (texts["version"] != Version)
            throw CheckpointText.Bad("version", SafetensorsError.Quote(Version), texts["version"]);
        CheckHash(file, texts[Hash]);
        CheckSettings(texts, layout, options);

        Dictionary<string, SafetensorsTensor> byName = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        int slots = CheckSlots(options.Optimizer, byName);
        float[] weights = Packed(WeightsPrefix, layout, byName, file, finite: true);
        float[][] remembered = new float[options.Optimizer.Slots][];
        for (int slot = 0; slot < remembered.Length; slot++)
            remembered[slot] = slot < slots ? Packed(SlotPrefix(slot), layout, byName, file, finite: false) : new float[layout.WeightsLength];
        bool hasBest = options.Patience is not null && texts.Contains("fit.training");
        float[]? best = hasBest ? Packed(BestPrefix, layout, byName, file, finite: true) : null;
        if (byName.Count > 0)
            throw SafetensorsError.Of(byName.Keys.First(), "expected no such tensor in a checkpoint of this network and optimiser, got this one");
        return new Checkpoint(weights, remembered, texts.Whole<long>(Updates), texts.Whole<ulong>(Random), FitPositionText.Read(texts, best));
    }

    private static void CheckSettings(CheckpointText texts, NetworkLayout layout, TrainerOptions options)
    {
        if (texts[Network] != layout.Network)
            throw new ArgumentException($"checkpoint: expected one of the network {layout.Network}, got one of {SafetensorsError.Shorten(texts[Network])}");
        if (layout.TrainingArchitecture.Length > 0
            && texts.Contains(ArchitectureText.TrainingKey)
            && ArchitectureText.Difference(layout.TrainingArchitecture, texts[ArchitectureText.TrainingKey]) is var (layer, got))
        {
            throw new ArgumentException(
                $"checkpoint: expected one of a network with {SafetensorsError.Shorten(layer)}, got one of another {layout.Network}, " +
                $"with {SafetensorsError.Shorten(got)}");
        }

        foreach ((string name, string text) in CheckpointSettings.Of(options))
        {
            // A file from before there was this option goes on too: the rest of its epoch has the mini-batches of the order that is chosen now.
            if (name == nameof(options.Batching) && !texts.Contains(OptionPrefix + name))
                continue;
            string saved = texts[OptionPrefix + name];
            if (saved != text)
                throw new ArgumentException($"{name}: expected {SafetensorsError.Shorten(saved)}, which the checkpoint was made with, got {text}");
        }
    }

    /// <summary>How the tensors of an optimiser's slot begin.</summary>
    private static string SlotPrefix(int slot) => slot switch
    {
        0 => "optimizer.first.",
        1 => "optimizer.second.",
        _ => $"optimizer.slot{slot + 1}.",
    };

    /// <summary>The slots of an optimiser that a file has: all that it must have, and no more than it remembers.</summary>
    /// <exception cref="ArgumentException">There is another number of slots; the message names the optimiser.</exception>
    private static int CheckSlots(Optimizer optimizer, Dictionary<string, SafetensorsTensor> tensors)
    {
        int slots = 0;
        while (tensors.Keys.Any(name => name.StartsWith(SlotPrefix(slots), StringComparison.Ordinal)))
            slots++;
        if (slots >= optimizer.RequiredSlots && slots <= optimizer.Slots)
            return slots;
        string expected = optimizer.RequiredSlots == optimizer.Slots ? $"{optimizer.Slots}" : $"{optimizer.RequiredSlots} to {optimizer.Slots}";
        throw new ArgumentException($"Optimizer: {optimizer} expects a checkpoint with {expected} slots (values remembered of each weight), got {slots}");
    }

    private static void CheckHash(SafetensorsStream file, string expected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Hash(hash);
        string got = End(hash, new SortedDictionary<string, string>(file.Metadata.Where(text => text.Key != Hash).ToDictionary(), StringComparer.Ordinal));
        if (got != expected)
            throw new FormatException($"expected contents of SHA-256 {SafetensorsError.Shorten(expected)}, got {got}: the file is damaged");
    }

    /// <summary>Adds all texts to a hash and ends it.</summary>
    private static string End(IncrementalHash hash, SortedDictionary<string, string> texts)
    {
        foreach ((string name, string text) in texts)
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{text}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<SafetensorsValues> Tensors(string prefix, NetworkLayout layout, float[] packed)
    {
        foreach (ParameterLayout parameter in packed.Length == 0 ? [] : layout.Parameters)
        {
            yield return new SafetensorsValues(prefix + parameter.Name, parameter.Shape, () => PackedTensor.Unpack(parameter, packed));
        }
    }

    /// <summary>Takes tensors out of a file and packs them.</summary>
    private static float[] Packed(
        string prefix, NetworkLayout layout, Dictionary<string, SafetensorsTensor> tensors, SafetensorsStream file, bool finite)
    {
        float[] packed = new float[layout.WeightsLength];
        foreach (ParameterLayout parameter in layout.Parameters)
        {
            string name = prefix + parameter.Name;
            WeightsReader.CheckShape(name, parameter.Shape, tensors);
            float[] values = file.Read(tensors[name]);
            if (finite)
                WeightsReader.CheckFinite(name, values);
            PackedTensor.Pack(parameter, values, packed);
            tensors.Remove(name);
        }

        return packed;
    }
}
