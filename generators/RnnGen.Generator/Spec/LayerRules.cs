using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Spec;

/// <summary>What the layers must be, one by one and as a stack. What may follow what is decided by a layer's role, never by its kind.</summary>
internal static class LayerRules
{
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        if (declaration.Layers.All(layer => layer.Kind is { CreateCell: null }))
            problems.Add(DiagnosticDescriptors.NoLayers, declaration.NetworkLocation);
        foreach (var layer in declaration.Layers)
            CheckOptions(layer, problems);
        foreach (var layer in declaration.Layers)
            OptionRules.Check(layer, problems);
        CheckOrder(declaration.Layers, problems);
        LayerNameRules.Check(declaration.Layers, problems);
        SizeRules.Check(declaration, problems);
    }

    private static void CheckOptions(LayerDeclaration layer, ProblemList problems)
    {
        if (layer.Kind is null)
            problems.Add(DiagnosticDescriptors.UnknownLayer, layer.Location, layer.Spec.Kind);
        foreach (var (option, value) in layer.Options.Where(option => option.Value.Kind == TypedConstantKind.Enum).Select(option => (option.Key, option.Value)))
        {
            if (NetworkReader.EnumMember(value) is not { } member)
                AddUndefined(option, value, layer, problems);
            else if (IsActivation(value) && layer.Kind is { } kind && !kind.Activations.Contains(member))
                problems.Add(DiagnosticDescriptors.UnsupportedActivation, layer.Location, member, layer.Spec.Kind, string.Join(", ", kind.Activations));
        }
    }

    private static void AddUndefined(string option, TypedConstant value, LayerDeclaration layer, ProblemList problems)
    {
        var members = IsActivation(value) && layer.Kind is { } kind ? kind.Activations : NetworkReader.EnumMembers(value).Select(member => member.Name);
        var choice = string.Join(", ", members);
        problems.Add(DiagnosticDescriptors.UndefinedEnumValue, layer.Location, option, value.Value ?? "null", layer.Spec.Kind, value.Type?.Name ?? "", choice);
    }

    /// <summary>Which activations there may be is the layer's choice, whatever the option is called.</summary>
    private static bool IsActivation(TypedConstant value) => value.Type?.Name == ActivationKind.Option;

    private static void CheckOrder(IReadOnlyList<LayerDeclaration> layers, ProblemList problems)
    {
        var isAfterLastStep = false;
        foreach (var layer in layers)
        {
            if (isAfterLastStep && layer.Kind?.Role == LayerRole.Recurrent)
                problems.Add(DiagnosticDescriptors.RecurrentAfterLastStep, layer.Location, layer.Spec.Kind);
            if (isAfterLastStep && layer.Kind?.Role == LayerRole.LastStep)
                problems.Add(DiagnosticDescriptors.RepeatedLastStep, layer.Location, layer.Spec.Kind);
            isAfterLastStep |= layer.Kind?.Role == LayerRole.LastStep;
        }

        // Only on the outputs is softmax kept apart from the layer, so that a loss can be fused with it.
        foreach (var layer in layers.Take(layers.Count - 1).Where(layer => layer.Spec.Text(ActivationKind.Option, "") == ActivationKind.Softmax))
            problems.Add(DiagnosticDescriptors.SoftmaxNotLast, layer.Location, layer.Spec.Kind);
    }
}
