using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>
/// One layer of each kind against PyTorch: outputs, final states, and all gradients, from given initial states and gradients of outputs and final states.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class GoldenCellTests
{
    private static readonly Dictionary<string, Action<GoldenCase>> Checks = new()
    {
        ["rnn_tanh_1x8"] = Check<RnnTanh1x8>,
        ["rnn_relu_1x8"] = Check<RnnRelu1x8>,
        ["lstm_1x8"] = Check<Lstm1x8>,
        ["gru_1x8"] = Check<Gru1x8>,
        ["rnn_tanh_3x5"] = Check<RnnTanh3x5>,
        ["rnn_relu_3x5"] = Check<RnnRelu3x5>,
        ["lstm_3x5"] = Check<Lstm3x5>,
        ["gru_3x5"] = Check<Gru3x5>,
        ["rnn_tanh_16x16"] = Check<RnnTanh16x16>,
        ["rnn_relu_16x16"] = Check<RnnRelu16x16>,
        ["lstm_16x16"] = Check<Lstm16x16>,
        ["gru_16x16"] = Check<Gru16x16>,
        ["rnn_tanh_40x64"] = Check<RnnTanh40x64>,
        ["rnn_relu_40x64"] = Check<RnnRelu40x64>,
        ["lstm_40x64"] = Check<Lstm40x64>,
        ["gru_40x64"] = Check<Gru40x64>,
        ["rnn_tanh_17x33"] = Check<RnnTanh17x33>,
        ["rnn_relu_17x33"] = Check<RnnRelu17x33>,
        ["lstm_17x33"] = Check<Lstm17x33>,
        ["gru_17x33"] = Check<Gru17x33>,
        ["rnn_tanh_64x128"] = Check<RnnTanh64x128>,
        ["rnn_relu_64x128"] = Check<RnnRelu64x128>,
        ["lstm_64x128"] = Check<Lstm64x128>,
        ["gru_64x128"] = Check<Gru64x128>,
        ["lstm_peephole_1x8"] = Check<PeepholeLstm1x8>,
        ["lstm_coupled_1x8"] = Check<CoupledLstm1x8>,
        ["gru_reset_before_1x8"] = Check<GruResetBefore1x8>,
        ["lstm_peephole_3x5"] = Check<PeepholeLstm3x5>,
        ["lstm_coupled_3x5"] = Check<CoupledLstm3x5>,
        ["gru_reset_before_3x5"] = Check<GruResetBefore3x5>,
        ["lstm_peephole_16x16"] = Check<PeepholeLstm16x16>,
        ["lstm_coupled_16x16"] = Check<CoupledLstm16x16>,
        ["gru_reset_before_16x16"] = Check<GruResetBefore16x16>,
        ["lstm_peephole_40x64"] = Check<PeepholeLstm40x64>,
        ["lstm_coupled_40x64"] = Check<CoupledLstm40x64>,
        ["gru_reset_before_40x64"] = Check<GruResetBefore40x64>,
        ["lstm_projected_6x16"] = Check<ProjectedLstm6x16>,
        ["lstm_projected_40x64"] = Check<ProjectedLstm40x64>,
    };

    public static TheoryData<string> Cases => GoldenFile.Cells.CasesWhere(_ => true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_is_PyTorch_s(string name)
    {
        GoldenCase golden = GoldenFile.Cells[name];
        Checks[$"{golden.Text("kind")}_{golden.Number("input")}x{golden.Number("hidden")}"](golden);
    }

    [Fact]
    public void No_case_is_left_out() => Assert.Equal(38, Cases.Count<object[]>());

    private static void Check<TNetwork>(GoldenCase golden)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(0);
        golden.CopyWeightsTo(network.Parameters);
        (int steps, int batch) = (golden.Number("steps"), golden.Number("batch"));
        using (Tape<TNetwork> tape = TNetwork.CreateTape(steps, batch))
            CheckPasses(golden, network, tape);

        // A tape that is too large and full of another batch's numbers gives the same.
        using (Tape<TNetwork> tape = TNetwork.CreateTape(steps + 2, batch + 3))
        {
            FillWithOthers(network, tape, steps + 1, batch + 2);
            CheckPasses(golden, network, tape);
        }

        CheckSequences(golden, network);
    }

    private static void CheckPasses<TNetwork>(GoldenCase golden, TNetwork network, Tape<TNetwork> tape)
        where TNetwork : class, INetwork<TNetwork>
    {
        golden.SideBySide("h0", "c0").CopyTo(tape.InitialState);
        golden.SideBySide("dhn", "dcn").CopyTo(tape.FinalStateGradients);
        tape.ClearGradients();
        network.Forward(tape, golden.Batch());
        Forward(golden, "y", golden["y"], tape.Outputs);
        Forward(golden, "hn, cn", golden.SideBySide("hn", "cn"), tape.FinalState);

        network.Backward(tape, golden["dy"]);
        Gradient(golden, "dx", golden["dx"], tape.InputGradients);
        Gradient(golden, "dh0, dc0", golden.SideBySide("dh0", "dc0"), tape.InitialStateGradients);
        foreach (Gradient gradient in tape.Gradients)
            Gradient(golden, gradient.Name, golden["d_" + golden.PyTorchName(gradient.Name)], gradient.ToArray());
    }

    private static void FillWithOthers<TNetwork>(TNetwork network, Tape<TNetwork> tape, int steps, int batch)
        where TNetwork : class, INetwork<TNetwork>
    {
        tape.InitialState.Fill(3);
        tape.FinalStateGradients.Fill(-2);
        float[] frames = new float[steps * batch * TNetwork.InputSize];
        frames.AsSpan().Fill(5);
        network.Forward(tape, SequenceBatch.FromTimeMajor(frames, steps, batch, TNetwork.InputSize));
        float[] gradients = new float[tape.Outputs.Length];
        gradients.AsSpan().Fill(7);
        network.Backward(tape, gradients);
    }

    /// <summary>Each sequence alone, by the kernels that have no tape.</summary>
    private static void CheckSequences<TNetwork>(GoldenCase golden, TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        (int steps, int batch) = (golden.Number("steps"), golden.Number("batch"));
        float[] outputs = new float[steps * TNetwork.OutputSize];
        float[] state = new float[TNetwork.StateSize];
        for (int sequence = 0; sequence < batch; sequence++)
        {
            network.SetState(golden.SideBySide("h0", "c0").AsSpan(sequence * TNetwork.StateSize, TNetwork.StateSize));
            network.Run(Sequence(golden["x"], steps, batch, sequence), outputs);
            network.CopyStateTo(state);
            Forward(golden, $"y of sequence {sequence}", Sequence(golden["y"], steps, batch, sequence), outputs);
            Forward(golden, $"hn, cn of sequence {sequence}", golden.SideBySide("hn", "cn").AsSpan(sequence * TNetwork.StateSize, TNetwork.StateSize), state);

            float[] frames = Sequence(golden["x"], steps, batch, sequence), answer = new float[TNetwork.OutputSize];
            network.SetState(golden.SideBySide("h0", "c0").AsSpan(sequence * TNetwork.StateSize, TNetwork.StateSize));
            for (int step = 0; step < steps; step++)
            {
                network.Step(frames.AsSpan(step * TNetwork.InputSize, TNetwork.InputSize), answer);
                Assert.Equal(outputs.AsSpan(step * TNetwork.OutputSize, TNetwork.OutputSize).ToArray(), answer);
            }
        }
    }

    /// <summary>[T, B, size] to one sequence's [T, size].</summary>
    private static float[] Sequence(float[] timeMajor, int steps, int batch, int sequence)
    {
        int size = timeMajor.Length / steps / batch;
        return [.. Enumerable.Range(0, steps).SelectMany(step => timeMajor.AsSpan((step * batch + sequence) * size, size).ToArray())];
    }

    private static void Forward(GoldenCase golden, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("golden cells, forward", $"{golden.Name} {what}", expected, actual, Closeness.Forward);

    private static void Gradient(GoldenCase golden, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("golden cells, gradients", $"{golden.Name} {what}", expected, actual, Closeness.Gradient);
}
