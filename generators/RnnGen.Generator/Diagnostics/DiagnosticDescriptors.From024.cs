using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>RNN024 and those after it.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor SkipImpossible = new(
        "RNN024",
        "Invalid [Skip]",
        "The network '{0}' has [{1}], but {2}; write [{1}] last in a network that answers at every step and has no more outputs than inputs",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn024");

    public static readonly DiagnosticDescriptor EmbeddingWithoutClasses = new(
        "RNN025",
        "[Embedding] without classes",
        "The network '{0}' has [{1}], whose input is not a class; write [Network(OneHot = …)] and [{1}] as the first layer or with From = [\"input\"], " +
            "or [Dense] for an input of features",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn025");

    public static readonly DiagnosticDescriptor FeaturesAndClasses = new(
        "RNN026",
        "Features and classes at once",
        "The network '{0}' has an input of {1} classes and a number of features; write [Network(OneHot = {1})] or [Network(inputSize: …)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn026");

    public static readonly DiagnosticDescriptor ClassesNotMultiplied = new(
        "RNN027",
        "Layer that cannot read classes",
        "The network '{0}' has classes as input and [{1}] that reads them, which has no weights for them; " +
            "write [Embedding], [Dense] or a recurrent layer before it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn027");

    public static readonly DiagnosticDescriptor UnknownOption = new(
        "RNN028",
        "Option that the attribute does not have",
        "The network '{0}' has {1} in [{2}], which has no such option; write {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn028");

    public static readonly DiagnosticDescriptor StepInReverse = new(
        "RNN030",
        "Step of a layer that needs later steps",
        "The network '{0}' has no steps: its layer '{1}' needs later steps; use Run, or Direction.Forward and ConvPadding.Causal",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn030");

    public static readonly DiagnosticDescriptor OptionOutOfRange = new(
        "RNN040",
        "Option that is out of range",
        "The network '{0}' has {1} = {2} in [{3}]; write {4} for {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn040");

    public static readonly DiagnosticDescriptor OptionWithoutEffect = new(
        "RNN041",
        "Option without effect",
        "The network '{0}' has {1} in [{2}], which has no effect {3}; leave {1} out, or {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn041");

    public static readonly DiagnosticDescriptor InvalidNativePrefix = new(
        "RNN050",
        "Prefix that C does not allow",
        "The network '{0}' has [NativeExport(\"{1}\")], whose prefix {2}; write a name such as 'digits': ASCII letters, digits and single '_' between them, a " +
            "letter first",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn050");

    public static readonly DiagnosticDescriptor DuplicateNativePrefix = new(
        "RNN051",
        "Prefix of another network",
        "The network '{0}' has [NativeExport(\"{1}\")], whose names collide with those of [NativeExport(\"{2}\")] on '{3}', case aside; write another prefix",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn051",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NativeExportWithoutNetwork = new(
        "RNN052",
        "[NativeExport] without a network",
        "The class '{0}' has [NativeExport(\"{1}\")] but no [Network], so there is nothing to export; write [Network(inputSize)] and layers, or remove it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn052");

    public static readonly DiagnosticDescriptor NativeExportOfGeneric = new(
        "RNN053",
        "[NativeExport] on a generic network",
        "The network '{0}' has [NativeExport(\"{1}\")], but '{2}' has type parameters, which C cannot give; remove them, or move the network out of '{2}'",
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
        "The network '{0}' has {1} = {2} in [{3}], which is padded to {4} for the vector units; write {5}, which costs less, or {4}, which costs the same",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn100");

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "RNN200",
        "Language version that is too old",
        "The network '{0}' is compiled as C# {1}, but generated code needs C# {2}; remove <LangVersion> from the project file, or write a later one",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn200");
}
