namespace RnnGen.Formats.Tflite;

/// <summary>TensorFlow Lite. Its operators are said in ONNX's where those say the same, and the graph is read as ONNX's are.</summary>
internal sealed class TfliteFormat : ModelFormat
{
    public override string Name => "TensorFlow Lite";

    internal override bool Recognizes(ModelFile file) => TfliteModelReader.IsModel(file.Bytes);

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        var bytes = new FlatFile(file.Bytes);
        return GraphReader.Read(GraphTranslation.Of(TfliteModelReader.Read(bytes), bytes), options, file.Bytes.Length);
    }
}
