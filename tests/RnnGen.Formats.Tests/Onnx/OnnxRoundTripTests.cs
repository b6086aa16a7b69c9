using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>What is written as ONNX is read again as the same network, or refused: never as another one.</summary>
public sealed class OnnxRoundTripTests
{
    /// <summary>What has no operator of ONNX's is written as many, of which the reader does not know the whole yet.</summary>
    private static readonly HashSet<string> Refused =
        ["Rnn, normalised", "Lstm, normalised", "Gru, normalised", "Gru, normalised, reset before", "Lstm, projected", "Lstm, cell clip", "Dense Gelu", "Convolution"];

    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_survives_the_round_trip(string name)
    {
        ModelDescription model = LayerCases.Get(name), again;
        using var file = new MemoryStream();
        ModelWriters.Find("onnx")!.Write(model, file);
        try
        {
            again = ModelFormats.Read(new ModelFile(name, file.ToArray()), ImportOptions.Default);
        }
        catch (UnsupportedLayerException refusal)
        {
            Assert.True(Refused.Contains(name), refusal.Message);
            return;
        }

        Assert.DoesNotContain(name, Refused);
        float[] input = RandomInputs.Of(model, 9, 4);
        ModelVerifier.Compare(name, new ModelEvaluator(model).Run(input), Array.ConvertAll(new ModelEvaluator(again).Run(input), value => (float)value), 2e-6);
    }
}
