using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>What a recurrent layer of Keras's is, whatever class and version it has.</summary>
/// <param name="Cell">LSTM, GRU or SimpleRNN.</param>
/// <param name="Units">Units.</param>
/// <param name="Activation">Of the candidate; of an LSTM's cell too.</param>
/// <param name="Gate">Of the gates.</param>
/// <param name="UseBias">Whether it has a bias.</param>
/// <param name="Reset">Where a GRU's reset gate acts.</param>
/// <param name="IsCudnn">Whether its weights lie as cuDNN has them.</param>
/// <param name="GoesBackwards">Whether it reads a sequence from its end.</param>
/// <param name="ReturnsSequences">Whether it gives all steps.</param>
internal sealed record KerasRecurrent(
    string Cell, int Units, KerasActivation Activation, KerasActivation Gate, bool UseBias, ResetGate Reset, bool IsCudnn, bool GoesBackwards, bool ReturnsSequences)
{
    /// <summary>The kinds of layers that <see cref="Of"/> reads.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["LSTM", "GRU", "SimpleRNN", "CuDNNLSTM", "CuDNNGRU", "RNN"];

    /// <summary>Reads a layer's options.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="network">For notes.</param>
    public static KerasRecurrent Of(KerasLayer layer, KerasNetwork network)
    {
        bool backwards = layer.Bool("go_backwards", false), sequences = layer.Bool("return_sequences", false);
        layer.Only("time_major", "false");
        layer.Take("return_state"); // what reads a state is refused where it reads it
        layer.Take("zero_output_for_mask"); // outputs at masked steps are read by nothing that sees masks
        if (layer.Bool("stateful", false))
            network.Note($"{layer.Kind} {Text.Quote(layer.Name)} is stateful: like all of RnnGen's layers, it keeps its state from step to step until it is reset.");
        KerasLayer cell = layer.Kind == "RNN" ? Inner(layer) : layer;
        bool cudnn = layer.Kind.StartsWith("CuDNN", StringComparison.Ordinal);
        string kind = cudnn ? layer.Kind["CuDNN".Length..] : layer.Kind == "RNN" ? cell.Kind[..^"Cell".Length] : layer.Kind;
        var read = new KerasRecurrent(
            kind,
            cell.Int("units", "output_dim"),
            cudnn ? new(RnnGen.Activation.Tanh) : KerasActivations.Single(cell, Activated(cell, "activation")),
            cudnn ? new(RnnGen.Activation.Sigmoid) : kind == "SimpleRNN" ? KerasActivation.Linear : KerasActivations.Single(cell, Activated(cell, "recurrent_activation", "inner_activation")),
            cell.Bool("use_bias", true),
            kind == "GRU" && (cudnn || cell.Bool("reset_after", false)) ? ResetGate.AfterProduct : ResetGate.BeforeProduct,
            cudnn,
            backwards,
            sequences);
        if (kind == "SimpleRNN")
            cell.Take("recurrent_activation"); // it has no gate
        cell.Finish();
        layer.Finish();
        return read;
    }

    /// <summary>The layer of RnnGen's.</summary>
    public LayerAttribute Attribute(Direction direction, Merge merge, KerasPlace place) => Cell switch
    {
        "LSTM" => new LstmAttribute(Units)
        {
            GateActivation = Gate.Function, GateAlpha = Gate.Alpha, GateBeta = Gate.Beta, CandidateActivation = Activation.Function, CandidateAlpha = Activation.Alpha, CandidateBeta = Activation.Beta,
            CellActivation = Activation.Function, CellAlpha = Activation.Alpha, CellBeta = Activation.Beta,
            Bias = UseBias, Direction = direction, Merge = merge, Name = place.Name, From = place.From, IsOutput = place.IsOutput,
        },
        "GRU" => new GruAttribute(Units)
        {
            Reset = Reset, GateActivation = Gate.Function, GateAlpha = Gate.Alpha, GateBeta = Gate.Beta, CandidateActivation = Activation.Function, CandidateAlpha = Activation.Alpha, CandidateBeta = Activation.Beta,
            Bias = UseBias, Direction = direction, Merge = merge, Name = place.Name, From = place.From, IsOutput = place.IsOutput,
        },
        _ => new RnnAttribute(Units)
        {
            Activation = Activation.Function, ActivationAlpha = Activation.Alpha, ActivationBeta = Activation.Beta,
            Bias = UseBias, Direction = direction, Merge = merge, Name = place.Name, From = place.From, IsOutput = place.IsOutput,
        },
    };

    /// <summary>One direction's parameters.</summary>
    /// <param name="weights">Where they are taken from: kernel, recurrent kernel, bias.</param>
    /// <param name="inputs">Features that it reads.</param>
    /// <param name="suffix">Of the parameters' names.</param>
    public IEnumerable<(string Parameter, float[] Values)> Parameters(KerasTensors weights, int inputs, string suffix = "")
    {
        int rows = checked(Units * KerasGates.Orders(Cell).Keras.Length);
        float[] kernel = weights.Next("a kernel", inputs, rows), recurrent = weights.Next("a recurrent kernel", Units, rows);
        yield return ("weight_ih" + suffix, IsCudnn ? KerasGates.CudnnRows(Cell, kernel, inputs) : KerasGates.Rows(Cell, kernel, inputs));
        yield return ("weight_hh" + suffix, IsCudnn ? KerasGates.CudnnRows(Cell, recurrent, Units) : KerasGates.Rows(Cell, recurrent, Units));
        if (!UseBias)
            yield break;
        bool two = IsCudnn || (Cell == "GRU" && Reset == ResetGate.AfterProduct);
        float[] bias = IsCudnn ? weights.Next("a bias", 2 * rows) : two ? weights.Next("a bias", 2, rows) : weights.Next("a bias", rows);
        yield return ("bias_ih" + suffix, KerasGates.Bias(Cell, bias.Part(0, rows)));
        yield return ("bias_hh" + suffix, two ? KerasGates.Bias(Cell, bias.Part(rows, rows)) : new float[rows]);
    }

    /// <summary>The option, which every version writes: it has no default that could be meant.</summary>
    private static JsonElement? Activated(KerasLayer layer, params ReadOnlySpan<string> names)
    {
        string name = names[0];
        return layer.Has(names) ? layer.Take(names) : throw new FormatException($"{layer.Kind} {Text.Quote(layer.Name)}: expected an option {name}, got none");
    }

    private static KerasLayer Inner(KerasLayer layer)
    {
        JsonElement option = layer.Take("cell") ?? throw new FormatException($"RNN {Text.Quote(layer.Name)}: expected a cell, got none");
        KerasLayer cell = KerasLayer.Of(option, layer.Version);
        return cell.Kind is "LSTMCell" or "GRUCell" or "SimpleRNNCell" ? cell : throw layer.Refuse($"its cell is of the class {Text.Quote(cell.Kind)}, expected LSTMCell, GRUCell or SimpleRNNCell");
    }
}
