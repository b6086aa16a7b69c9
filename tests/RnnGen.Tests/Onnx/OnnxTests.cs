using RnnGen.Tests.Numerics;
using RnnGen.Training;

namespace RnnGen.Tests.Onnx;

/// <summary>
/// ONNX's RNN, LSTM and GRU: its own node tests, and cases with random weights that ONNX Runtime computed, through the public surface. None of them has a
/// <c>clip</c>, which ONNX Runtime reads in another way than ONNX's text: it does not clip what goes into the last tanh.
/// </summary>
[Trait("Category", "Numerics")]
public sealed class OnnxTests
{
    private static readonly Dictionary<string, Action<OnnxCase>> NodeChecks = new()
    {
        ["test_gru_batchwise"] = Check<OnnxGru2x6>,
        ["test_gru_defaults"] = Check<OnnxGru2x5>,
        ["test_gru_seq_length"] = Check<OnnxGru3x5>,
        ["test_gru_with_initial_bias"] = Check<OnnxGru3x3>,
        ["test_lstm_batchwise"] = Check<OnnxLstm2x7>,
        ["test_lstm_defaults"] = Check<OnnxLstm2x3>,
        ["test_lstm_with_initial_bias"] = Check<OnnxLstm3x4>,
        ["test_lstm_with_peepholes"] = Check<OnnxPeepholeLstm4x3>,
        ["test_rnn_seq_length"] = Check<OnnxRnn3x5>,
        ["test_simple_rnn_batchwise"] = Check<OnnxRnn2x4>,
        ["test_simple_rnn_defaults"] = Check<OnnxRnn2x4>,
        ["test_simple_rnn_with_initial_bias"] = Check<OnnxRnn3x5>,
    };

    private static readonly Dictionary<string, Action<OnnxCase>> RandomChecks = new()
    {
        ["gru_bidir_lbr0_seqlens"] = Check<OnnxBidirectionalGru3x6>,
        ["gru_fwd_lbr0"] = Check<OnnxGru5x8>,
        ["gru_fwd_lbr1"] = Check<OnnxGruAfter5x8>,
        ["gru_fwd_lbr1_h17"] = Check<OnnxGruAfter3x17>,
        ["gru_hardsigmoid_lbr0"] = Check<OnnxHardGru4x6>,
        ["gru_relu_lbr0"] = Check<OnnxReluGru4x6>,
        ["gru_reverse_lbr1"] = Check<OnnxReverseGruAfter3x6>,
        ["lstm_bidir"] = Check<OnnxBidirectionalLstm5x7>,
        ["lstm_bidir_seqlens"] = Check<OnnxBidirectionalLstm3x6>,
        ["lstm_fwd"] = Check<OnnxLstm5x8>,
        ["lstm_fwd_nobias_h17"] = Check<OnnxLstm3x17>,
        ["lstm_hardsigmoid"] = Check<OnnxHardLstm4x6>,
        ["lstm_peephole"] = Check<OnnxPeepholeLstm4x5>,
        ["lstm_reverse"] = Check<OnnxReverseLstm4x9>,
        ["lstm_reverse_seqlens"] = Check<OnnxReverseLstm3x6>,
        ["rnn_bidir_seqlens"] = Check<OnnxBidirectionalRnn3x6>,
        ["rnn_reverse"] = Check<OnnxReverseRnn3x6>,
        ["rnn_tanh"] = Check<OnnxRnn5x8>,
    };

    public static TheoryData<string> NodeTests => new(NodeChecks.Keys);

    public static TheoryData<string> RandomCases => new(RandomChecks.Keys);

    [SkippableTheory]
    [MemberData(nameof(NodeTests))]
    public void A_node_test_passes(string name) => NodeChecks[name](OnnxCase.ReadNodeTest(name));

    [SkippableTheory]
    [MemberData(nameof(RandomCases))]
    public void A_random_node_is_ONNX_Runtime_s(string name) => RandomChecks[name](OnnxCase.ReadRandom(name));

    [SkippableFact]
    public void No_case_is_left_out()
    {
        Assert.Equal(
            NodeChecks.Keys.Order(StringComparer.Ordinal),
            Directory.GetDirectories(SharedFolder.Get("models", "onnx-node-tests")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
        Assert.Equal(
            RandomChecks.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(SharedFolder.Get("models", "onnx-random"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    private static void Check<TNetwork>(OnnxCase data)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(0);
        SetWeights(network.Parameters, data);
        (int steps, int batchSize) = (data.X.Shape[0], data.X.Shape[1]);
        using Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
        if (data.Inputs.TryGetValue("initial_h", out OnnxTensor? h))
            States(h, data.Inputs.GetValueOrDefault("initial_c")).CopyTo(tape.InitialState);
        network.Forward(tape, data.Inputs.TryGetValue("sequence_lens", out OnnxTensor? lengths)
            ? SequenceBatch.FromTimeMajor(data.X.Values, steps, batchSize, data.X.Shape[2], Array.ConvertAll(lengths.Values, length => (int)length))
            : SequenceBatch.FromTimeMajor(data.X.Values, steps, batchSize, data.X.Shape[2]));

        if (data.Outputs.TryGetValue("Y", out OnnxTensor? y))
            Closeness.Check("onnx", data.Name + " Y", y.Transpose(0, 2, 1, 3).Values, tape.Outputs, Closeness.Forward);
        bool both = data.Outputs.ContainsKey("Y_c") || TNetwork.StateSize == data.Outputs["Y_h"].Values.Length / batchSize;
        float[] final = States(data.Outputs["Y_h"], data.Outputs.GetValueOrDefault("Y_c"));
        Closeness.Check("onnx", data.Name + " Y_h, Y_c", final, both ? tape.FinalState : OnlyH(tape.FinalState, batchSize), Closeness.Forward);
    }

    /// <summary>Of an LSTM whose case has no Y_c: h is the first half of each row.</summary>
    private static float[] OnlyH(ReadOnlySpan<float> states, int batchSize) =>
        [.. states.ToArray().Chunk(states.Length / batchSize).SelectMany(row => row[..(row.Length / 2)])];

    /// <summary>[D, B, H] of h and c as [B, StateSize]: h, then c, direction by direction.</summary>
    private static float[] States(OnnxTensor h, OnnxTensor? c)
    {
        OnnxTensor[] tensors = c is null ? [h] : [h, c];
        return [.. Enumerable.Range(0, h.Shape[1]).SelectMany(sequence => Enumerable.Range(0, h.Shape[0]).SelectMany(
            direction => tensors.SelectMany(tensor => tensor.OfDirection(direction).Chunk(h.Shape[2]).ElementAt(sequence))))];
    }

    private static void SetWeights(ParameterCollection parameters, OnnxCase data)
    {
        int gates = data.Inputs["W"].Shape[1] / data.Inputs["R"].Shape[2];

        // Where our gates are among theirs: LSTM i f g o among i o f c, GRU r z n among z r h; peepholes i f o among i o f.
        int[] order = gates switch { 4 => [0, 2, 3, 1], 3 => [1, 0, 2], _ => [0] };
        for (int direction = 0; direction < data.Inputs["W"].Shape[0]; direction++)
        {
            string suffix = direction == 0 ? "" : "_reverse";
            void Set(string name, float[] values, int[] gateOrder) =>
                parameters.Single(parameter => parameter.Name.EndsWith("." + name + suffix, StringComparison.Ordinal))
                    .Set([.. gateOrder.SelectMany(gate => values.Chunk(values.Length / gateOrder.Length).ElementAt(gate))]);

            Set("weight_ih", data.Inputs["W"].OfDirection(direction), order);
            Set("weight_hh", data.Inputs["R"].OfDirection(direction), order);
            if (data.Inputs.TryGetValue("B", out OnnxTensor? biases))
            {
                float[] both = biases.OfDirection(direction);
                Set("bias_ih", both[..(both.Length / 2)], order);
                Set("bias_hh", both[(both.Length / 2)..], order);
            }

            if (data.Inputs.TryGetValue("P", out OnnxTensor? peepholes))
                Set("peephole", peepholes.OfDirection(direction), [0, 2, 1]);
        }
    }
}
