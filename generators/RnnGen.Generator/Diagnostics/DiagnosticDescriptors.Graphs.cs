using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>What layers read, RNN080 to RNN089.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor UnknownSource = new(
        "RNN080",
        "Unknown layer in From",
        "The network '{0}' has \"{1}\" in the From of [{2}], which is not a layer; write one of {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn080");

    public static readonly DiagnosticDescriptor SourceNotEarlier = new(
        "RNN081",
        "Layer that reads a later one",
        "The network '{0}' has \"{1}\" in the From of [{2}], which is {3}, and only states go back; write one of {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn081");

    public static readonly DiagnosticDescriptor UnreadLayer = new(
        "RNN082",
        "Layer that nothing reads",
        "The network '{0}' has the layer '{1}', whose output nothing reads; write \"{1}\" in the From of a later layer, or IsOutput = true, or remove [{2}]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn082");

    public static readonly DiagnosticDescriptor SizesDiffer = new(
        "RNN083",
        "Vectors of several sizes",
        "The network '{0}' has [{1}] of vectors of several sizes, {2}; write layers of one size",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn083");

    public static readonly DiagnosticDescriptor MixedRates = new(
        "RNN084",
        "Inputs per sequence and per step",
        "The network '{0}' has [{1}] that reads '{2}', which has one value per sequence, and '{3}', which has one per step; write [LastStep] or a pooling layer " +
            "after '{3}', or neither before '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn084");

    public static readonly DiagnosticDescriptor TooFewSources = new(
        "RNN085",
        "Layer with too few inputs",
        "The network '{0}' has [{1}] with {2} inputs; write From with at least {3} names",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn085");

    public static readonly DiagnosticDescriptor LayerNamedInput = new(
        "RNN086",
        "Layer named like the input",
        "The network '{0}' has the layer name \"{1}\" in [{2}], which stands for the network's input in From; write another name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn086");

    public static readonly DiagnosticDescriptor ClassAmongVectors = new(
        "RNN087",
        "Classes beside other inputs",
        "The network '{0}' has classes as input, which [{1}] reads beside other layers; write [Embedding(…, From = [\"input\"])], and the name of that in the From of " +
            "[{1}]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn087");

    public static readonly DiagnosticDescriptor OutputsOfTwoRates = new(
        "RNN088",
        "Outputs per sequence and per step",
        "The network '{0}' has the output '{1}', which has one value per sequence, and '{2}', which has one per step; write [LastStep] or a pooling " +
            "layer before both, or before neither",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn088");
}
