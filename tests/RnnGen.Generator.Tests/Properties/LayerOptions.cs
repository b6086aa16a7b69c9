using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>Something that an attribute may say beside sizes, as it is written: <c>Peephole = true</c>, or a few properties that belong together.</summary>
/// <param name="Text">The attribute's arguments.</param>
/// <param name="Feature">What must be there for it; see <see cref="Waiting"/>.</param>
internal sealed record LayerOption(string Text, string Feature)
{
    /// <summary>The properties that it sets, or whose options leave it without an effect: another option may not set them too.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [.. Text.Split(", ").Select(argument => argument.Split(" = ")[0])];

    public override string ToString() => Text;
}

/// <summary>All options of all layers.</summary>
internal static class LayerOptions
{
    /// <summary>The kinds of recurrent layers.</summary>
    public static readonly IReadOnlyList<string> Cells = ["Rnn", "Lstm", "Gru"];

    /// <summary>The ways in which a recurrent layer may go through time.</summary>
    public static readonly IReadOnlyList<LayerOption> Directions =
    [
        .. Here(
            new LayerOption("", "forward"),
            new("Direction = Direction.Reverse", "directions"),
            new("Direction = Direction.Bidirectional", "directions"),
            new("Direction = Direction.Bidirectional, Merge = Merge.Sum", "directions"),
            new("Direction = Direction.Bidirectional, Merge = Merge.Average", "directions"),
            new("Direction = Direction.Bidirectional, Merge = Merge.Multiply", "directions")),
    ];

    /// <summary>What may stand behind the last recurrent layer, by the manner in which a network ends; # is a size, @ an activation.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<LayerOption>> Ends =
    [
        .. new IReadOnlyList<LayerOption>[]
        {
            [.. Here(new LayerOption("", "many-to-many"), new("[Dropout(0.5f)] [Dense(#, @)]", "dropout"))],
            [.. Here(new LayerOption("[LastStep] [Dense(#, Activation.Softmax)]", "last step"), new("[Dense(#, @)] [LastStep]", "last step"))],
            [.. Here(new LayerOption("[MeanPool] [Dense(#, @)]", "pooling"), new("[MaxPool] [Dense(#, @)]", "pooling"))],
            [.. Here(new LayerOption("[Dense(#, @)] [Skip]", "skip"))],
        }.Where(tails => tails.Count > 0),
    ];

    /// <summary>What may stand before the first recurrent layer.</summary>
    public static readonly IReadOnlyList<LayerOption> Heads =
    [
        .. Here(
            new LayerOption("", "nothing"),
            new("[Dense(#, @)]", "dense"),
            new("[Dense(#, @, Bias = false)]", "cells"),
            new("[Conv1D(#, 3, @, Dilation = 2)]", "convolution"),
            new("[Conv1D(#, 2, Bias = false)]", "convolution"),
            new("[Conv1D(#, 1, @)]", "convolution")),
    ];

    /// <summary>Activations, some with their α and β; <c>Softmax</c> is for the last layer.</summary>
    private static readonly string[] Activations =
    [
        "Linear", "Relu", "Tanh", "Sigmoid", "LeakyRelu Alpha", "Elu", "Softplus", "Softsign", "HardSigmoid Alpha Beta", "HardSigmoidOnnx", "Affine Alpha Beta", "Gelu",
        "Swish",
    ];

    /// <summary>The same for a candidate, where those have an α or β that have none elsewhere.</summary>
    private static readonly string[] CandidateActivations =
    [
        "Linear", "Relu", "Tanh", "Sigmoid", "LeakyRelu", "Elu Alpha", "Softplus", "Softsign", "HardSigmoid", "HardSigmoidOnnx Alpha Beta", "Affine", "Gelu", "Swish",
    ];

    private static readonly IReadOnlyList<LayerOption> OfAll =
    [
        new("Bias = false", "cells"), new("Clip = 0.6f", "cells"), new("LearnedState = true", "learned states"), new("LayerNorm = true", "normalization"),
        new("RecurrentDropout = 0.5f", "dropout"),
    ];

    /// <summary>The options of a kind of recurrent layer, but for directions.</summary>
    public static IReadOnlyList<LayerOption> Of(string cell) => [.. Here([.. OfAll, .. OfCell(cell)])];

    /// <summary>The activations of a dense layer or a convolution, as arguments.</summary>
    public static IReadOnlyList<LayerOption> OfDense { get; } = [.. Here([.. Activated("Activation").Select(option => option with { Text = Positional(option.Text) })])];

    private static IEnumerable<LayerOption> OfCell(string cell) => cell switch
    {
        "Rnn" => Activated("Activation"),
        "Lstm" =>
        [
            new("Peephole = true", "cells"), new("CoupledGates = true", "cells"), new("Projection = 5", "cells"), new("CellClip = 0.4f", "cells"),
            new("ForgetBias = 1f", "cells") { Properties = ["ForgetBias", "Bias", "CoupledGates"] }, .. Activated("GateActivation"), .. Activated("CandidateActivation"), .. Activated("CellActivation"),
        ],
        _ => [new("Reset = ResetGate.BeforeProduct", "cells"), .. Activated("GateActivation"), .. Activated("CandidateActivation")],
    };

    /// <summary>α is <c>GateAlpha</c> for <c>GateActivation</c>, and <c>ActivationAlpha</c> for <c>Activation</c>.</summary>
    private static IEnumerable<LayerOption> Activated(string property)
    {
        string prefix = property == "Activation" ? property : property[..^"Activation".Length];
        return (prefix == "Candidate" ? CandidateActivations : Activations).Select(activation =>
        {
            var words = activation.Split(' ');
            return new LayerOption(
                $"{property} = Activation.{words[0]}" + string.Concat(words.Skip(1).Select(word => $", {prefix}{word} = {(word == "Alpha" ? "0.3f" : "0.4f")}")),
                words[0] is "Tanh" or "Relu" && property == "Activation" ? "dense" : "cells");
        });
    }

    private static string Positional(string text) => text["Activation = ".Length..];

    private static IEnumerable<LayerOption> Here(params IEnumerable<LayerOption> options) => options.Where(option => !Waiting.Is(option.Feature));
}
