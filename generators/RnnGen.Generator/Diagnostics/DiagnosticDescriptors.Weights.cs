using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>Weights that are part of the assembly, RNN060 to RNN069.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor WeightsNotFound = new(
        "RNN060",
        "Weights that are not in the project",
        "The network '{0}' has Weights = \"{1}\", but the project has no such file among its AdditionalFiles; {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn060");

    public static readonly DiagnosticDescriptor WeightsUnfit = new(
        "RNN061",
        "Weights that do not fit the network",
        "The network '{0}' has Weights = \"{1}\", which does not fit it: tensor '{2}': expected {3}, got {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn061");

    public static readonly DiagnosticDescriptor WeightsDamaged = new(
        "RNN062",
        "Damaged safetensors file",
        "The network '{0}' has Weights = \"{1}\", whose header is damaged: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn062");

    public static readonly DiagnosticDescriptor WeightsOfAnother = new(
        "RNN063",
        "Weights of a different network",
        "The network '{0}' has Weights = \"{1}\", which belong to a network that computes something else: expected {2}, got {3}; retrain this network, " +
            "match its layers to that one, or suppress RNN063 if this is intended",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn063");
}
