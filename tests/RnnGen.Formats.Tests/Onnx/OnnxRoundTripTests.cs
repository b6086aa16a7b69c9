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
        AssertSurvives("projected", RandomModel.Of(3, [new LstmAttribute(4) { Projection = 3, LearnedState = !keepsLastStep, Direction = direction }, .. end]));
    }

    /// <summary>The states with which each direction begins are weights of the network, not inputs of the file.</summary>
    [Theory]
    [InlineData(Direction.Forward)]
    [InlineData(Direction.Reverse)]
    [InlineData(Direction.Bidirectional)]
    public void So_do_learned_states(Direction direction)
    {
        RecurrentLayerAttribute[] cells =
        [
            new RnnAttribute(4) { LearnedState = true, Direction = direction }, new GruAttribute(4) { LearnedState = true, Direction = direction },
            new LstmAttribute(4) { LearnedState = true, Direction = direction }, new LstmAttribute(4) { LearnedState = true, Direction = direction, Peephole = true },
            new LstmAttribute(4) { LearnedState = true, Direction = direction, Projection = 3 }, new GruAttribute(4) { LearnedState = true, Direction = direction, LayerNorm = true },
        ];
        foreach (RecurrentLayerAttribute cell in cells)
            foreach (LayerAttribute[] end in new LayerAttribute[][] { [], [new LastStepAttribute()], [new MeanPoolAttribute()] })
            {
                ModelDescription model = RandomModel.Of(3, [cell, .. end, new DenseAttribute(2)]);
                ModelDescription again = AssertSurvives($"{cell.GetType().Name}, {end.Length}", model);
                Assert.True(((RecurrentLayerAttribute)again.Layers[0].Attribute).LearnedState);

                // The comparison sees the states: without them the outputs are others.
                foreach (NamedTensor state in again.Tensors.Where(tensor => tensor.Name.Contains("initial", StringComparison.Ordinal)))
                    Array.Clear(state.Values);
                float[] input = RandomInputs.Of(model, 1, 4);
                Assert.True(new ModelEvaluator(model).Run(input).Zip(new ModelEvaluator(again).Run(input), (one, other) => Math.Abs(one - other)).Max() > 1e-3);
            }
    }

    private static ModelDescription AssertSurvives(string name, ModelDescription model)
    {
        using var file = new MemoryStream();
        ModelWriters.Find("onnx")!.Write(model, file);
        ModelDescription again = ModelFormats.Read(new ModelFile(name, file.ToArray()), ImportOptions.Default);
        float[] input = RandomInputs.Of(model, 9, 4);
        ModelVerifier.Compare(name, new ModelEvaluator(model).Run(input), Array.ConvertAll(new ModelEvaluator(again).Run(input), value => (float)value), 2e-6);
        return again;
    }
}
