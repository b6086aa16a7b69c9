using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>What is written as ONNX is read again as the same network.</summary>
public sealed class OnnxRoundTripTests
{
    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_survives_the_round_trip(string name) => AssertSurvives(name, LayerCases.Get(name));

    /// <summary>A cell without an operator is a Scan, and in reverse one that goes from the last step to the first.</summary>
    [Theory]
    [InlineData(Direction.Reverse, false)]
    [InlineData(Direction.Reverse, true)]
    [InlineData(Direction.Bidirectional, false)]
    [InlineData(Direction.Bidirectional, true)]
    public void So_does_a_cell_that_is_written_out(Direction direction, bool keepsLastStep)
    {
        LayerAttribute[] end = keepsLastStep ? [new LastStepAttribute(), new DenseAttribute(2)] : [new DenseAttribute(2)];
        AssertSurvives("LSTM", RandomModel.Of(3, [new LstmAttribute(4) { LayerNorm = true, Direction = direction }, .. end]));
        AssertSurvives("GRU", RandomModel.Of(3, [new GruAttribute(4) { LayerNorm = true, Direction = direction, Merge = direction == Direction.Bidirectional ? Merge.Sum : Merge.Concat }, .. end]));
        AssertSurvives("projected", RandomModel.Of(3, [new LstmAttribute(4) { Projection = 3, LearnedState = true, Direction = direction }, .. end]));
    }

    private static void AssertSurvives(string name, ModelDescription model)
    {
        using var file = new MemoryStream();
        ModelWriters.Find("onnx")!.Write(model, file);
        ModelDescription again = ModelFormats.Read(new ModelFile(name, file.ToArray()), ImportOptions.Default);
        float[] input = RandomInputs.Of(model, 9, 4);
        ModelVerifier.Compare(name, new ModelEvaluator(model).Run(input), Array.ConvertAll(new ModelEvaluator(again).Run(input), value => (float)value), 2e-6);
    }
}
