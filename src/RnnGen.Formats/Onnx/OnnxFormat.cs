namespace RnnGen.Formats.Onnx;

/// <summary>ONNX, from version 7 of its operators on.</summary>
internal sealed class OnnxFormat : ModelFormat
{
    private const int OldestOperatorSet = 7;

    public override string Name => "ONNX";

    internal override bool Recognizes(ModelFile file) => OnnxModelReader.IsModel(file.Bytes);

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        OnnxModel model = OnnxModelReader.Read(file.Bytes);
        if (model.OperatorSet < OldestOperatorSet)
            throw new FormatException($"expected version {OldestOperatorSet} or later of ONNX's operators, got {model.OperatorSet}");
        return GraphReader.Read(model, options, file.Bytes.Length);
    }
}
