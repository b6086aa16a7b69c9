using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>What the layers must be, one by one and together. What may read what is decided by a layer's role, never by its kind.</summary>
internal static class LayerRules
{
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        if (declaration.Layers.All(layer => layer.Kind is { Learns: false }))
            problems.Add(DiagnosticDescriptors.NoLayers, declaration.NetworkLocation);
        foreach (var (option, value) in Enumerations(declaration.Options).Where(option => NetworkReader.EnumMember(option.Value) is null))
            AddUndefined(option, value, "Network", declaration.NetworkLocation, NetworkReader.EnumMembers(value).Select(member => member.Name), problems);
        foreach (var layer in declaration.Layers)
            CheckOptions(layer, problems);
        foreach (var layer in declaration.Layers)
            OptionRules.Check(layer, problems);
        CheckGraph(declaration, problems);
        LayerNameRules.Check(declaration.Layers, problems);
        SizeRules.Check(declaration, problems);
    }

    private static void CheckOptions(LayerDeclaration layer, ProblemList problems)
    {
        if (layer.Kind is null)
            problems.Add(DiagnosticDescriptors.UnknownLayer, layer.Location, layer.Spec.Kind);
        foreach (var (option, value) in Enumerations(layer.Options))
        {
            var choice = IsActivation(value) && layer.Kind is { } kind ? kind.Activations : NetworkReader.EnumMembers(value).Select(member => member.Name);
            if (NetworkReader.EnumMember(value) is not { } chosen)
                AddUndefined(option, value, layer.Spec.Kind, layer.Location, choice, problems);
            else if (!choice.Contains(chosen))
                problems.Add(DiagnosticDescriptors.UnsupportedActivation, layer.Location, chosen, layer.Spec.Kind, string.Join(", ", choice));
        }
    }

    private static IEnumerable<(string Option, TypedConstant Value)> Enumerations(IEnumerable<KeyValuePair<string, TypedConstant>> options) =>
        options.Where(option => option.Value.Kind == TypedConstantKind.Enum).Select(option => (option.Key, option.Value));

    private static void AddUndefined(
        string option, TypedConstant value, string attribute, Location location, IEnumerable<string> choice, ProblemList problems) => problems.Add(
        DiagnosticDescriptors.UndefinedEnumValue, location, option, value.Value ?? "null", attribute, value.Type?.Name ?? "", string.Join(", ", choice));

    /// <summary>Which activations there may be is the layer's choice, whatever the option is called.</summary>
    private static bool IsActivation(TypedConstant value) => value.Type?.Name == ActivationKind.Option;

    private static void CheckGraph(NetworkDeclaration declaration, ProblemList problems)
    {
        if (SourceRules.Check(declaration.Layers, problems) is not { } sources)
            return;
        var ends = TimeRules.Check(declaration.Layers, sources, problems);
        InputRules.Check(declaration, sources, ends, problems);
    }
}
