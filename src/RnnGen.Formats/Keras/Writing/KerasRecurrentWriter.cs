using System.Text.Json.Nodes;

namespace RnnGen.Formats.Keras;

/// <summary>Recurrent layers of RnnGen's as Keras's. What Keras's cells do not have is refused.</summary>
/// <param name="layer">The layer.</param>
internal sealed class KerasRecurrentWriter(ModelLayer layer)
{
    private readonly RecurrentLayerAttribute _options = (RecurrentLayerAttribute)layer.Attribute;

    private string Cell => _options switch { LstmAttribute => "LSTM", GruAttribute => "GRU", _ => "SimpleRNN" };

    /// <summary>The layer, and what turns the outputs of a reverse one back into the order of the input.</summary>
    /// <param name="reads">What it reads.</param>
    /// <param name="returnsSequences">Whether it gives all steps, and not the last.</param>
    /// <param name="unused">Makes names.</param>
    public IEnumerable<KerasEntry> Write(KerasEntry reads, bool returnsSequences, Func<string, string> unused)
    {
        Refuse();
        bool isBoth = _options.Direction == Direction.Bidirectional, isReverse = _options.Direction == Direction.Reverse;
        JsonObject cell = Options(returnsSequences);
        (string Path, int[] Shape, float[] Values)[] weights = isBoth ? [.. Weights("forward_layer/", ""), .. Weights("backward_layer/", "_reverse")] : [.. Weights("", "")];
        cell["go_backwards"] = isReverse;
        string kind = Cell;
        if (isBoth)
        {
            cell["name"] = "forward_" + layer.Name;
            cell = new JsonObject
            {
                ["layer"] = new JsonObject { ["module"] = "keras.layers", ["class_name"] = Cell, ["config"] = cell, ["registered_name"] = null },
                ["merge_mode"] = _options.Merge switch { Merge.Sum => "sum", Merge.Average => "ave", Merge.Multiply => "mul", _ => "concat" },
            };
            kind = "Bidirectional";
        }

        var entry = new KerasEntry(kind, unused(layer.Name), cell, [reads], layer.OutputSize, !returnsSequences, weights);
        yield return entry;
        if (isReverse && returnsSequences)
            yield return new KerasEntry("Flip", unused(layer.Name + "_flip"), new JsonObject { ["axis"] = 1 }, [entry], layer.OutputSize, false);
    }

    private JsonObject Options(bool returnsSequences)
    {
        var options = new JsonObject { ["units"] = LayerShapes.Units(_options), ["use_bias"] = _options.Bias, ["return_sequences"] = returnsSequences, ["return_state"] = false, ["stateful"] = false };
        (options["activation"], string? gate) = _options switch
        {
            LstmAttribute lstm => (Word(lstm.CandidateActivation, lstm.CandidateAlpha, lstm.CandidateBeta), Word(lstm.GateActivation, lstm.GateAlpha, lstm.GateBeta)),
            GruAttribute gru => (Word(gru.CandidateActivation, gru.CandidateAlpha, gru.CandidateBeta), Word(gru.GateActivation, gru.GateAlpha, gru.GateBeta)),
            RnnAttribute rnn => (Word(rnn.Activation, rnn.ActivationAlpha, rnn.ActivationBeta), null),
            _ => throw Unsupported("Keras has no such cell"),
        };
        if (gate is not null)
            options["recurrent_activation"] = gate;
        if (_options is GruAttribute { Reset: var reset })
            options["reset_after"] = reset == ResetGate.AfterProduct;
        return options;
    }

    private void Refuse()
    {
        string? reason = _options switch
        {
            CellAttribute => "Keras has no such cell",
            { LayerNorm: true } => "Keras's cells do not normalize their gates",
            { Clip: > 0 } => "Keras's cells do not clip their gates",
            { LearnedState: true } => "Keras's layers have no learned state",
            LstmAttribute { Peephole: true } => "Keras's LSTM has no peephole",
            LstmAttribute { CoupledGates: true } => "Keras's LSTM has no coupled gates",
            LstmAttribute { Projection: > 0 } => "Keras's LSTM has no projection",
            LstmAttribute { CellClip: > 0 } => "Keras's LSTM does not clip its cell",
            LstmAttribute lstm when (lstm.CandidateActivation, lstm.CandidateAlpha, lstm.CandidateBeta) != (lstm.CellActivation, lstm.CellAlpha, lstm.CellBeta) =>
                "Keras's LSTM has one activation for candidate and cell",
            _ => null,
        };
        if (reason is not null)
            throw Unsupported(reason);
    }

    private IEnumerable<(string Path, int[] Shape, float[] Values)> Weights(string part, string suffix)
    {
        float[] input = layer.Find("weight_ih" + suffix)!.Values, recurrent = layer.Find("weight_hh" + suffix)!.Values;
        int units = LayerShapes.Units(_options), rows = recurrent.Length / units;
        yield return ($"{part}cell/vars/0", [layer.InputSize, rows], KerasGates.Kernel(Cell, input, layer.InputSize));
        yield return ($"{part}cell/vars/1", [units, rows], KerasGates.Kernel(Cell, recurrent, units));
        if (!_options.Bias)
            yield break;
        float[] one = KerasGates.KerasBias(Cell, layer.Find("bias_ih" + suffix)!.Values), other = KerasGates.KerasBias(Cell, layer.Find("bias_hh" + suffix)!.Values);
        yield return _options is GruAttribute { Reset: ResetGate.AfterProduct }
            ? ($"{part}cell/vars/2", [2, rows], [.. one, .. other])
            : ($"{part}cell/vars/2", [rows], [.. one.Zip(other, (left, right) => left + right)]);
    }

    private string Word(Activation activation, float alpha, float beta) =>
        (activation == Activation.Softmax ? null : KerasActivationWriter.Word(activation, alpha, beta)) ?? throw Unsupported($"Keras has no word for the activation {activation} with its α and β");

    private UnsupportedLayerException Unsupported(string reason) => new(layer.Name, LayerNames.Kind(layer.Attribute), reason);
}
