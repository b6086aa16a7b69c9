using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>What layers read, RNN080 to RNN089.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor UnknownSource = new(
        "RNN080",
        "Unknown layer in From",
        "The network '{0}' names \"{1}\" in the From of [{2}], but it has no such layer; use one of {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn080");

    public static readonly DiagnosticDescriptor SourceNotEarlier = new(
        "RNN081",
        "Layer that reads a later one",
        "The network '{0}' names \"{1}\" in the From of [{2}], which is {3}, but a layer can read earlier layers only; use one of {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn081");

    public static readonly DiagnosticDescriptor UnreadLayer = new(
        "RNN082",
        "Layer that nothing reads",
        "The network '{0}' has the layer '{1}', whose output nothing reads; add \"{1}\" to the From of a later layer, set IsOutput = true, or remove [{2}]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn082");

    public static readonly DiagnosticDescriptor SizesDiffer = new(
        "RNN083",
        "Vectors of different sizes",
        "The network '{0}' has [{1}] on vectors of different sizes, {2}; use layers of one size",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn083");

    public static readonly DiagnosticDescriptor MixedRates = new(
        "RNN084",
        "Mixed inputs per sequence and per step",
        "The network '{0}' has [{1}], which reads both '{2}', with one value per sequence, and '{3}', with one per step; put [LastStep] or a pooling layer " +
            "after '{3}', or remove the one before '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn084");

    public static readonly DiagnosticDescriptor TooFewSources = new(
        "RNN085",
        "Layer with too few inputs",
        "The network '{0}' has [{1}] with too few inputs, {2}; name at least {3} in From",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn085");

    public static readonly DiagnosticDescriptor LayerNamedInput = new(
        "RNN086",
        "Layer named like the input",
        "The network '{0}' has the layer name \"{1}\" in [{2}], but From uses that name for the network's input; use another name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn086");

    public static readonly DiagnosticDescriptor ClassAmongVectors = new(
        "RNN087",
        "Class input combined with other inputs",
        "The network '{0}' takes classes as input, which [{1}] reads together with other layers; add [Embedding(…, From = [\"input\"])] and name it in the From of " +
            "[{1}]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn087");

    public static readonly DiagnosticDescriptor OutputsOfTwoRates = new(
        "RNN088",
        "Mixed outputs per sequence and per step",
        "The network '{0}' has both the output '{1}', with one value per sequence, and '{2}', with one per step; put [LastStep] or a pooling " +
            "layer before both or neither",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn088");
}
