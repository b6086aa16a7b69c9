using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>What is written as ONNX is read again as the same network.</summary>
public sealed class OnnxRoundTripTests
{
    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_survives_the_round_trip(string name)
    {
        ModelDescription model = LayerCases.Get(name);
        using var file = new MemoryStream();
        ModelWriters.Find("onnx")!.Write(model, file);
        ModelDescription again = ModelFormats.Read(new ModelFile(name, file.ToArray()), ImportOptions.Default);
        float[] input = RandomInputs.Of(model, 9, 4);
        ModelVerifier.Compare(name, new ModelEvaluator(model).Run(input), Array.ConvertAll(new ModelEvaluator(again).Run(input), value => (float)value), 2e-6);
    }
}
