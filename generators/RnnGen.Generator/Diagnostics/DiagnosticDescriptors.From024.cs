using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>RNN024 and those after it.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor SkipImpossible = new(
        "RNN024",
        "Invalid [Skip]",
        "The network '{0}' has [{1}], but {2}; use [{1}] as the last layer of a network that has one output per step and no more outputs than inputs",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn024");

    public static readonly DiagnosticDescriptor EmbeddingWithoutClasses = new(
        "RNN025",
        "[Embedding] without class input",
        "The network '{0}' has [{1}], whose input is not a class; use [Network(OneHot = …)] and make [{1}] the first layer or set From = [\"input\"], " +
            "or use [Dense] for features",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn025");

    public static readonly DiagnosticDescriptor FeaturesAndClasses = new(
        "RNN026",
        "Both features and classes as input",
        "The network '{0}' sets both OneHot = {1} and inputSize; use either [Network(OneHot = {1})] or [Network(inputSize: …)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn026");

    public static readonly DiagnosticDescriptor ClassesNotMultiplied = new(
        "RNN027",
        "Layer that cannot read classes",
        "The network '{0}' takes classes as input, and [{1}] reads them but has no weights to look them up in; " +
            "put [Embedding], [Dense] or a recurrent layer before it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn027");

    public static readonly DiagnosticDescriptor UnknownOption = new(
        "RNN028",
        "Option that the attribute does not have",
        "The network '{0}' sets {1} in [{2}], which has no such option; use {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn028");

    public static readonly DiagnosticDescriptor StepInReverse = new(
        "RNN030",
        "Step on a network that needs later steps",
        "The network '{0}' cannot run step by step, because its layer '{1}' needs later steps; use Run, or Direction.Forward and ConvPadding.Causal",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn030");

    public static readonly DiagnosticDescriptor OptionOutOfRange = new(
        "RNN040",
        "Option that is out of range",
        "The network '{0}' has {1} = {2} in [{3}]; {1} must be {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn040");

    public static readonly DiagnosticDescriptor OptionWithoutEffect = new(
        "RNN041",
        "Option without effect",
        "The network '{0}' sets {1} in [{2}], which has no effect {3}; omit {1}, or {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn041");

    public static readonly DiagnosticDescriptor InvalidNativePrefix = new(
        "RNN050",
        "Prefix that C does not allow",
        "The network '{0}' has [NativeExport(\"{1}\")], whose prefix {2}; use a name such as 'digits', made of ASCII letters, digits and single '_' between them, starting " +
            "with a letter",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn050");

    public static readonly DiagnosticDescriptor DuplicateNativePrefix = new(
        "RNN051",
        "Prefix of another network",
        "The network '{0}' has [NativeExport(\"{1}\")], whose names collide with those of [NativeExport(\"{2}\")] on '{3}' when case is ignored; use another prefix",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn051",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NativeExportWithoutNetwork = new(
        "RNN052",
        "[NativeExport] without a network",
        "The class '{0}' has [NativeExport(\"{1}\")] but no [Network], so there is nothing to export; add [Network(inputSize)] and layers, or remove [NativeExport]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn052");

    public static readonly DiagnosticDescriptor NativeExportOfGeneric = new(
        "RNN053",
        "[NativeExport] on a generic network",
        "The network '{0}' has [NativeExport(\"{1}\")], but '{2}' has type parameters, which C cannot supply; remove them, or move the network out of '{2}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn053");

    public static readonly DiagnosticDescriptor UnreadableCell = new(
        "RNN070",
        "Cell that cannot be read at compile time",
        "The cell [{1}] {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn070");

    public static readonly DiagnosticDescriptor WrongEquations = new(
        "RNN071",
        "Equations that cannot be computed",
        "The network '{0}' has [{1}], whose equations cannot be computed: {2}; {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn071");

    public static readonly DiagnosticDescriptor PaddingWaste = new(
        "RNN100",
        "Units that are mostly padding",
        "The network '{0}' has {1} = {2} in [{3}], which is padded to {4} for the vector units; use {5}, which costs less, or {4}, which costs the same",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn100");

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "RNN200",
        "Language version that is too old",
        "The network '{0}' is compiled as C# {1}, but generated code needs C# {2}; remove <LangVersion> from the project file, or set a later version",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn200");
}
