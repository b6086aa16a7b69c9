namespace RnnGen.Formats.Onnx.Writing;

/// <summary>An attribute of a node: its name, its value and the kind of the value.</summary>
/// <param name="Message">As protocol buffers write it.</param>
internal readonly record struct OnnxAttribute(byte[] Message)
{
    private const int RealKind = 1, IntegerKind = 2, TextKind = 3, GraphKind = 5, RealsKind = 6, IntegersKind = 7, TextsKind = 8;

    public static OnnxAttribute Of(string name, long value) => Make(name, IntegerKind, attribute => attribute.Number(3, value));

    public static OnnxAttribute Of(string name, float value) => Make(name, RealKind, attribute => attribute.Real(2, value));

    public static OnnxAttribute Of(string name, string value) => Make(name, TextKind, attribute => attribute.Bytes(4, System.Text.Encoding.UTF8.GetBytes(value)));

    public static OnnxAttribute Graph(string name, byte[] graph) => Make(name, GraphKind, attribute => attribute.Bytes(6, graph));

    public static OnnxAttribute Of(string name, params IReadOnlyList<float> values) => Make(name, RealsKind, attribute =>
    {
        foreach (float value in values)
            attribute.Real(7, value);
    });

    public static OnnxAttribute Of(string name, params IReadOnlyList<long> values) => Make(name, IntegersKind, attribute =>
    {
        foreach (long value in values)
            attribute.Number(8, value);
    });

    public static OnnxAttribute Of(string name, params IReadOnlyList<string> values) => Make(name, TextsKind, attribute =>
    {
        foreach (string value in values)
            attribute.Bytes(9, System.Text.Encoding.UTF8.GetBytes(value));
    });

    private static OnnxAttribute Make(string name, int kind, Action<Google.Protobuf.CodedOutputStream> write) => new(ProtobufMessage.Of(attribute =>
    {
        attribute.Text(1, name);
        write(attribute);
        attribute.Number(20, kind);
    }));
}
