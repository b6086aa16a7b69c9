using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>
/// Stacks with a softmax head against PyTorch: hidden outputs, logits, cross entropy and all gradients, for sequences of one length and of several.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class GoldenNetworkTests
{
    private static readonly Dictionary<string, Action<GoldenCase>> Checks = new()
    {
        ["gru_l2_12x24"] = Check<GruStack, GruStackHead>,
        ["gru_l2_12x24_lengths"] = Check<GruStack, GruStackHead>,
        ["gru_l2_12x24_last"] = CheckHead<GruStackLastHead>,
        ["gru_l2_12x24_lengths_last"] = CheckHead<GruStackLastHead>,
        ["lstm_l3_8x16"] = Check<LstmStack, LstmStackHead>,
        ["lstm_l3_8x16_lengths"] = Check<LstmStack, LstmStackHead>,
        ["lstm_l3_8x16_last"] = CheckHead<LstmStackLastHead>,
        ["lstm_l3_8x16_lengths_last"] = CheckHead<LstmStackLastHead>,
        ["lstm_bi_l1_10x20"] = Check<LstmBidirectional, LstmBidirectionalHead>,
        ["lstm_bi_l1_10x20_lengths"] = Check<LstmBidirectional, LstmBidirectionalHead>,
        ["gru_bi_l2_10x20"] = Check<GruBidirectionalStack, GruBidirectionalStackHead>,
        ["gru_bi_l2_10x20_lengths"] = Check<GruBidirectionalStack, GruBidirectionalStackHead>,
        ["rnn_bi_l2_6x12"] = Check<RnnBidirectionalStack, RnnBidirectionalStackHead>,
        ["rnn_bi_l2_6x12_lengths"] = Check<RnnBidirectionalStack, RnnBidirectionalStackHead>,
    };

    public static TheoryData<string> Cases => GoldenFile.Networks.CasesWhere(description => description.TryGetProperty("bidirectional", out _));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_stack_with_a_head_is_PyTorch_s(string name) => Checks[name](GoldenFile.Networks[name]);

    [Fact]
    public void No_case_is_left_out() => Assert.Equal(Checks.Count, Cases.Count<object[]>());

    [Fact]
    public void Truncated_back_propagation_by_hand_is_PyTorch_s()
    {
        GoldenCase golden = GoldenFile.Networks["tbptt_lstm_5x12_t20_k5"];
        (int steps, int chunk, int batch) = (golden.Number("steps"), golden.Number("truncate"), golden.Number("batch"));
        using TruncatedLstm network = new(0);
        golden.CopyWeightsTo(network.Parameters);
        using Tape<TruncatedLstm> tape = TruncatedLstm.CreateTape(chunk, batch);
        var losses = new List<float>();
        for (int start = 0; start < steps; start += chunk)
        {
            int rows = chunk * batch;
            ReadOnlySpan<float> frames = golden["x"].AsSpan(start * batch * TruncatedLstm.InputSize, rows * TruncatedLstm.InputSize);
            network.Forward(tape, SequenceBatch.FromTimeMajor(frames, chunk, batch, TruncatedLstm.InputSize));
            float[] targets = golden["targets"].AsSpan(start * batch * TruncatedLstm.OutputSize, rows * TruncatedLstm.OutputSize).ToArray();
            float[] errors = [.. tape.Outputs.ToArray().Zip(targets, (output, target) => output - target)];
            losses.Add((float)errors.Average(error => (double)error * error));
            network.Backward(tape, [.. errors.Select(error => 2 * error / errors.Length)]);
            tape.FinalState.CopyTo(tape.InitialState);
        }

        Forward(golden, "losses", golden["losses"], [.. losses]);
        CheckGradients(golden, tape);
    }

    private static void Check<TBody, TNetwork>(GoldenCase golden)
        where TBody : class, INetwork<TBody>
        where TNetwork : class, INetwork<TNetwork>
    {
        using TBody body = TBody.Create(0);
        golden.CopyWeightsTo(body.Parameters);
        SequenceBatch batch = golden.Batch();
        float[] hidden = new float[batch.Steps * batch.BatchSize * TBody.OutputSize];
        body.Run(batch, hidden);
        Forward(golden, "y", golden["y"], hidden);
        CheckHead<TNetwork>(golden);
    }

    private static void CheckHead<TNetwork>(GoldenCase golden)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(0);
        golden.CopyWeightsTo(network.Parameters);
        SequenceBatch batch = golden.Batch();
        bool[] counts = TNetwork.Layout.ManyToOne ? [.. Enumerable.Repeat(true, batch.BatchSize)] : [.. batch.Mask.ToArray().Select(mask => mask != 0)];
        using Tape<TNetwork> tape = TNetwork.CreateTape(batch.Steps, batch.BatchSize);
        network.Forward(tape, batch);
        Forward(golden, "logits", Unmasked(golden["logits"], counts), Unmasked(tape.Logits.ToArray(), counts));
        float[] outputs = new float[tape.Outputs.Length];
        network.Run(batch, outputs);
        Forward(golden, "outputs", Unmasked(Softmax(golden["logits"], TNetwork.OutputSize), counts), Unmasked(outputs, counts));

        (double loss, float[] logitGradients, float[] outputGradients) = CrossEntropy(tape.Outputs, golden.Integers("targets"), counts);
        Forward(golden, "loss", golden["loss"], [(float)loss]);
        network.BackwardFromLogits(tape, logitGradients);
        CheckGradients(golden, tape);
        tape.ClearGradients();
        network.Backward(tape, outputGradients);
        CheckGradients(golden, tape);
    }

    private static void CheckGradients<TNetwork>(GoldenCase golden, Tape<TNetwork> tape)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (golden.Contains("dx"))
            Gradient(golden, "dx", golden["dx"], tape.InputGradients);
        foreach (Gradient gradient in tape.Gradients)
            Gradient(golden, gradient.Name, golden["d_" + golden.PyTorchName(gradient.Name)], gradient.ToArray());
    }

    /// <summary>The mean over the rows that count, and its gradients. What is at other rows is NaN, for it must not matter.</summary>
    private static (double Loss, float[] LogitGradients, float[] OutputGradients) CrossEntropy(ReadOnlySpan<float> outputs, int[] targets, bool[] counts)
    {
        int size = outputs.Length / counts.Length;
        int rows = counts.Count(count => count);
        double loss = 0;
        float[] logitGradients = new float[outputs.Length];
        float[] outputGradients = new float[outputs.Length];
        for (int row = 0; row < counts.Length; row++)
        {
            for (int i = 0; i < size; i++)
            {
                float probability = outputs[row * size + i];
                bool right = targets[row] == i;
                logitGradients[row * size + i] = counts[row] ? (probability - (right ? 1 : 0)) / rows : float.NaN;
                outputGradients[row * size + i] = !counts[row] ? float.NaN : right ? -1 / (probability * rows) : 0;
                loss -= counts[row] && right ? Math.Log(probability) / rows : 0;
            }
        }

        return (loss, logitGradients, outputGradients);
    }

    private static float[] Softmax(float[] logits, int size) => [.. logits.Chunk(size).SelectMany(row =>
    {
        double[] powers = [.. row.Select(logit => Math.Exp(logit))];
        double sum = powers.Sum();
        return powers.Select(power => (float)(power / sum));
    })];

    private static float[] Unmasked(float[] values, bool[] counts) =>
        [.. values.Chunk(values.Length / counts.Length).Where((_, row) => counts[row]).SelectMany(row => row)];

    private static void Forward(GoldenCase golden, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("golden networks, forward", $"{golden.Name} {what}", expected, actual, Closeness.Forward);

    private static void Gradient(GoldenCase golden, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("golden networks, gradients", $"{golden.Name} {what}", expected, actual, Closeness.Gradient);
}
