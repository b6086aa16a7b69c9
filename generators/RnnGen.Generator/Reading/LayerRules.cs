using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Reading;

/// <summary>What the layers must be, one by one and as a stack. What may follow what is decided by a layer's role, never by its kind.</summary>
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
        CheckOrder(declaration.Layers, problems);
        InputRules.Check(declaration, problems);
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

    private static void CheckOrder(IReadOnlyList<LayerDeclaration> layers, ProblemList problems)
    {
        string? end = null;
        foreach (var layer in layers)
        {
            if (end is not null && layer.Kind?.Role is LayerRole.Recurrent or LayerRole.Convolution)
                problems.Add(DiagnosticDescriptors.StateAfterEnd, layer.Location, layer.Spec.Kind, end);
            if (layer.Kind?.Role is not (LayerRole.LastStep or LayerRole.Pooling))
                continue;
            if (end is not null)
                problems.Add(DiagnosticDescriptors.RepeatedEnd, layer.Location, layer.Spec.Kind, end);
            end ??= layer.Spec.Kind;
        }

        // Only on the outputs is softmax kept apart from the layer, so that a loss can be fused with it.
        foreach (var layer in layers.Take(layers.Count - 1).Where(layer => layer.Spec.Text(ActivationKind.Option, "") == ActivationKind.Softmax))
            problems.Add(DiagnosticDescriptors.SoftmaxNotLast, layer.Location, layer.Spec.Kind);
    }
}
