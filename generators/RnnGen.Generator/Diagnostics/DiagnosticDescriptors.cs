using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <summary>
/// Every diagnostic there is. RNN001–099 are errors of the spec, RNN100–199 advice, RNN200–299 the environment. In each message {0} is the class. A new one
/// needs an entry in <c>docs/diagnostics.md</c>, whose example is its test, and a row in <c>AnalyzerReleases.Unshipped.md</c>.
/// </summary>
internal static partial class DiagnosticDescriptors
{
    private const string Category = "RnnGen";
    private const string Help = "https://github.com/rnngen/rnngen/blob/main/docs/diagnostics.md#";

    public static readonly DiagnosticDescriptor ClassNotPartial = new(
        "RNN001",
        "Network class without 'partial'",
        "The network '{0}' is not partial, so its members cannot be generated; write 'partial class {0}'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn001");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "RNN002",
        "Containing type without 'partial'",
        "The network '{0}' is nested in '{1}', which is not partial; write 'partial {2} {1}', or move the network out of it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn002");

    public static readonly DiagnosticDescriptor UnsupportedClass = new(
        "RNN003",
        "Unsupported kind of class",
        "The network '{0}' is {1}; declare it as an ordinary 'sealed partial class'",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn003");

    public static readonly DiagnosticDescriptor UnsupportedContainingType = new(
        "RNN004",
        "Unsupported containing type",
        "The network '{0}' is nested in '{1}', which is {2} and cannot be extended from a generated file; move the network out of it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn004");

    public static readonly DiagnosticDescriptor NoLayers = new(
        "RNN005",
        "Network without a layer that learns",
        "The network '{0}' has no layer with weights, so it cannot learn; add one under [Network], such as [Lstm(64)]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn005");

    public static readonly DiagnosticDescriptor LayersWithoutNetwork = new(
        "RNN006",
        "Layers without a network",
        "The class '{0}' has the layer [{1}] but no [Network], so nothing is generated; add [Network(inputSize)] above its layers, or remove them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn006");

    public static readonly DiagnosticDescriptor SizeNotPositive = new(
        "RNN007",
        "Size that is not positive",
        "The network '{0}' has {1} = {2} in [{3}]; use a size of at least 1",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn007");

    public static readonly DiagnosticDescriptor SizeTooLarge = new(
        "RNN008",
        "Size that is too large",
        "The network '{0}' has {1} = {2} in [{3}]; use a size of at most {4}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn008");

    public static readonly DiagnosticDescriptor NetworkTooLarge = new(
        "RNN009",
        "Network that is too large",
        "The network '{0}' needs {1} {2}, but at most {3} are supported; use fewer or smaller layers",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn009");

    public static readonly DiagnosticDescriptor AttributesSpread = new(
        "RNN010",
        "Attributes on several partial declarations",
        "The network '{0}' has [{1}] on a different declaration from [Network], so the order of its layers is undefined; put all of them on one declaration",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn010");

    public static readonly DiagnosticDescriptor MemberCollision = new(
        "RNN011",
        "Member that collides with a generated one",
        "The network '{0}' declares '{1}', which is also the name of a generated member; rename yours",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn011");

    public static readonly DiagnosticDescriptor ConstructorCollision = new(
        "RNN012",
        "Constructor that collides with a generated one",
        "The network '{0}' declares the constructor '{1}', which {2}; write a static method that calls the generated '{0}(long seed)' instead",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn012");

    public static readonly DiagnosticDescriptor RequiredMember = new(
        "RNN013",
        "Required member",
        "The network '{0}' has the required member '{1}', which the generated constructors do not set; make '{1}' optional",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn013");

    public static readonly DiagnosticDescriptor StateAfterEnd = new(
        "RNN014",
        "Recurrent layer after a reduction over time",
        "The network '{0}' has [{1}], which carries state, after [{2}], which leaves no time steps; move [{1}] before [{2}]",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn014");

    public static readonly DiagnosticDescriptor RepeatedEnd = new(
        "RNN015",
        "Second reduction over time",
        "The network '{0}' has [{1}] after [{2}], which leaves one value per sequence; remove one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn015");

    public static readonly DiagnosticDescriptor UnsupportedActivation = new(
        "RNN017",
        "Activation that the layer does not support",
        "The network '{0}' has Activation.{1} in [{2}]; use one of {3}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn017");

    public static readonly DiagnosticDescriptor UndefinedEnumValue = new(
        "RNN018",
        "Undefined enumeration value",
        "The network '{0}' has {1} = {2} in [{3}], which is not a member of {4}; use one of {5}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn018");

    public static readonly DiagnosticDescriptor InvalidLayerName = new(
        "RNN019",
        "Invalid layer name",
        "The network '{0}' has the layer name \"{1}\" in [{2}]; use at most {3} English letters, digits, underscores, dots and hyphens, or omit Name",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn019");

    public static readonly DiagnosticDescriptor DuplicateLayerName = new(
        "RNN020",
        "Duplicate layer name",
        "The network '{0}' has the layer name \"{1}\" in [{2}], which is too similar to \"{3}\", the name of an earlier layer; use a name that differs in a letter or digit",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn020");

    public static readonly DiagnosticDescriptor UnknownLayer = new(
        "RNN021",
        "Unknown layer kind",
        "The network '{0}' has the layer [{1}], which this version of the generator does not know; use the same version of the generator and of the RnnGen library",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn021");

    public static readonly DiagnosticDescriptor BaseClass = new(
        "RNN022",
        "Base class that generated code cannot extend",
        "The network '{0}' derives from '{1}', which cannot be the base class of a network: {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn022");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "RNN023",
        "Name that generated code needs",
        "The network '{0}' is in the scope of '{1}', which hides a name that generated code uses; rename '{1}', or move the network out of its scope",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Help + "rnn023");

    /// <summary>
    /// All of them: what the analyzer supports and what the tests walk. Made when asked for: which part of the class is initialized first is open.
    /// </summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
    [
        ClassNotPartial, ContainingTypeNotPartial, UnsupportedClass, UnsupportedContainingType, NoLayers, LayersWithoutNetwork, SizeNotPositive, SizeTooLarge,
        NetworkTooLarge, AttributesSpread, MemberCollision, ConstructorCollision, RequiredMember, StateAfterEnd, RepeatedEnd,
        UnsupportedActivation, UndefinedEnumValue, InvalidLayerName, DuplicateLayerName, UnknownLayer, BaseClass, NameTaken, SkipImpossible,
        EmbeddingWithoutClasses, FeaturesAndClasses, ClassesNotMultiplied, UnknownOption, StepInReverse, OptionOutOfRange, OptionWithoutEffect, InvalidNativePrefix,
        DuplicateNativePrefix, NativeExportWithoutNetwork, NativeExportOfGeneric, WeightsNotFound, WeightsUnfit, WeightsDamaged,
        WeightsOfAnother, UnreadableCell, WrongEquations, UnknownSource, SourceNotEarlier, UnreadLayer, SizesDiffer, MixedRates, TooFewSources,
        LayerNamedInput, ClassAmongVectors, OutputsOfTwoRates, PaddingWaste, LanguageTooOld,
    ];
}
