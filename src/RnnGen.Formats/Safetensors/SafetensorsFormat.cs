using System.Buffers.Binary;

namespace RnnGen.Formats;

/// <summary>Files that networks of RnnGen save: weights under the network's own names, and what the network computes as a line of text.</summary>
internal sealed class SafetensorsFormat : ModelFormat
{
    /// <summary>Where the metadata has what inference computes: <c>Network(InputSize = 20); Lstm(Units = 64); LastStep</c>.</summary>
    public const string Architecture = "rnngen.architecture.1";

    public override string Name => "RnnGen (safetensors)";

    /// <summary>Whether a file looks like safetensors: a length that fits, and the start of a JSON object.</summary>
    public static bool IsSafetensors(ModelFile file) => file.Bytes.Length > 8 && file.Bytes[8] == '{'
        && BinaryPrimitives.ReadUInt64LittleEndian(file.Bytes) <= (ulong)(file.Bytes.Length - 8);

    internal override bool Recognizes(ModelFile file) =>
        IsSafetensors(file) && Header(file).IndexOf("\"rnngen.architecture.1\""u8) >= 0;

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        SafetensorsFile content = SafetensorsFile.Read(file.Bytes);
        if (!content.Metadata.TryGetValue(Architecture, out string? text))
            throw new FormatException($"expected the text {Architecture} in the file's metadata, got none");
        ArchitectureText network = ArchitectureText.Parse(text);
        var builder = new ModelBuilder(Name, network.InputSize, network.IsOneHot, options) { MaskedState = network.MaskedState };
        var tensors = new TensorQueue(content);
        foreach (ArchitectureLayer layer in network.Layers)
            layer.AddTo(builder, tensors);
        tensors.CheckEmpty();
        return builder.Build();
    }

    private static ReadOnlySpan<byte> Header(ModelFile file) => file.Bytes.AsSpan(8, (int)BinaryPrimitives.ReadUInt64LittleEndian(file.Bytes));
}
