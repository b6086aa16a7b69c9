namespace RnnGen.Formats.Keras;

/// <summary>Writes a <c>.keras</c> archive.</summary>
internal sealed class KerasArchiveWriter : ModelWriter
{
    public override string Key => "keras";

    public override string Name => "Keras (.keras)";

    public override string Extension => ".keras";

    public override void Write(ModelDescription model, Stream stream) => stream.Write(KerasWriter.Write(model));
}
