namespace RnnGen.Formats.Onnx.Writing;

/// <summary>
/// Writes ONNX (operator set 17): <c>input [steps, batch, features]</c>, or classes <c>[steps, batch]</c> as 64-bit integers, and one output a layer that is one. The states of recurrent layers
/// and the past of causal convolutions are inputs and outputs (<c>lstm0.h</c>, <c>lstm0.h_next</c>), so that a sequence may come in pieces; a layer whose first
/// state is learned begins with it. Numbers of steps and sequences are not fixed.
/// </summary>
internal sealed class OnnxWriter : ModelWriter
{
    /// <summary>The names of sizes that are not fixed.</summary>
    public const string Steps = "steps", Batch = "batch";

    private const int IrVersion = 8, OperatorSet = 17;

    public override string Key => "onnx";

    public override string Name => "ONNX";

    public override string Extension => ".onnx";

    public override void Write(ModelDescription model, Stream stream)
    {
        byte[] graph = new OnnxLayers(model).Write();
        stream.Write(ProtobufMessage.Of(message =>
        {
            message.Number(1, IrVersion);
            message.Text(2, "RnnGen");
            message.Bytes(7, graph);
            message.Bytes(8, ProtobufMessage.Of(set => set.Number(2, OperatorSet)));
        }));
    }
}
