using System.Globalization;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>Options that hold a number which is no size: what they may be, and where they mean something.</summary>
internal static class OptionRules
{
    private static readonly string[] Bounds = ["Clip", "CellClip"];
    private static readonly string[] Rates = ["Rate", "RecurrentDropout"];

    public static void Check(LayerDeclaration layer, ProblemList problems)
    {
        foreach (var option in layer.Options)
            if (option.Value.Value is float value)
            {
                CheckRange(option.Key, value, layer, problems);
                CheckActivation(option.Key, layer, problems);
            }

        CheckForgetBias(layer, problems);
        if (Has("Merge") && layer.Spec.Text("Direction", "Forward") != "Bidirectional")
            AddWithoutEffect("Merge", "in one direction", "write Direction = Direction.Bidirectional", layer, problems);
        if (Has("Dilation") && layer.Spec.Number("KernelSize") == 1)
            AddWithoutEffect("Dilation", "with a single tap", "write a kernelSize of at least 2", layer, problems);

        bool Has(string name) => layer.Options.Any(option => option.Key == name);
    }

    private static void CheckRange(string option, float value, LayerDeclaration layer, ProblemList problems)
    {
        bool isFinite = !float.IsNaN(value) && !float.IsInfinity(value);
        var (isFine, range) =
            Bounds.Contains(option) ? (value > 0, "a finite number above 0")
            : Rates.Contains(option) ? (value is >= 0 and < 1, "a number from 0 to below 1")
            : (true, "a finite number");
        if (!isFinite || !isFine)
            problems.Add(DiagnosticDescriptors.OptionOutOfRange, layer.Location, option, value.ToString(CultureInfo.InvariantCulture), layer.Spec.Kind, range);
    }

    /// <summary>An activation that is not given has neither α nor β: no layer's own choice has.</summary>
    private static void CheckActivation(string option, LayerDeclaration layer, ProblemList problems)
    {
        foreach (var (letter, has) in new (string, Func<ActivationKind, bool>)[] { ("α", row => row.Alpha is not null), ("β", row => row.Beta is not null) })
        {
            if (ActivationKind.OptionOf(option, letter) is not { } activation || ActivationKind.Find(layer.Spec.Text(activation, "")) is { } row && has(row))
                continue;
            string choice = string.Join(", ", ActivationKind.Elementwise.Where(name => has(ActivationKind.Find(name)!)));
            AddWithoutEffect(option, $"where {activation} has no {letter}", $"set {activation} to one of {choice}", layer, problems);
        }
    }

    private static void CheckForgetBias(LayerDeclaration layer, ProblemList problems)
    {
        if (layer.Spec.Real("ForgetBias") is null)
            return;
        if (!layer.Spec.Flag("Bias", byDefault: true))
            AddWithoutEffect("ForgetBias", "without biases", "leave out Bias = false", layer, problems);
        else if (layer.Spec.Flag("CoupledGates"))
            AddWithoutEffect("ForgetBias", "on coupled gates, whose forget gate is 1 − i", "leave out CoupledGates", layer, problems);
    }

    private static void AddWithoutEffect(string option, string where, string instead, LayerDeclaration layer, ProblemList problems) =>
        problems.Add(DiagnosticDescriptors.OptionWithoutEffect, layer.Location, option, layer.Spec.Kind, where, instead);
}
