using System.Text;

namespace RnnGen.Formats;

/// <summary>Writes the class that a person would have written for a network.</summary>
public static class ClassWriter
{
    /// <summary>The text of a C# file.</summary>
    /// <param name="model">The network.</param>
    /// <param name="options">How it is called.</param>
    /// <exception cref="ArgumentException">Name or namespace is none of C#'s.</exception>
    public static string Write(ModelDescription model, ClassOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (!Identifiers.IsIdentifier(options.Name))
            throw new ArgumentException($"expected a class name, got {Text.Quote(options.Name)}", nameof(options));
        if (options.Namespace.Length > 0 && !options.Namespace.Split('.').All(Identifiers.IsIdentifier))
            throw new ArgumentException($"expected a namespace, got {Text.Quote(options.Namespace)}", nameof(options));
        var text = new StringBuilder();
        text.Append("using RnnGen;\n\n");
        if (options.Namespace.Length > 0)
            text.Append($"namespace {options.Namespace};\n\n");
        text.Append($"/// <summary>Imported from {Comment(model.Source)}.{(options.Verification is { } how ? " " + Comment(how) : "")}</summary>\n");
        if (model.Notes.Count + model.Warnings.Count > 0)
            text.Append("/// <remarks>\n").AppendJoin("", model.Notes.Concat(model.Warnings).Select(note => $"/// {Comment(note)}\n")).Append("/// </remarks>\n");
        text.Append($"[Network({string.Join(", ", NetworkArguments(model, options))})]\n");
        foreach (ModelLayer layer in model.Layers)
            text.Append($"[{AttributeText.Of(layer.Attribute)}]{(layer.Comment is { } comment ? " // " + OneLine(comment) : "")}\n");
        return text.Append($"public sealed partial class {options.Name};\n").ToString();
    }

    private static IEnumerable<string> NetworkArguments(ModelDescription model, ClassOptions options)
    {
        yield return model.IsOneHot ? $"OneHot = {AttributeText.Literal(model.InputSize)}" : AttributeText.Literal(model.InputSize);
        if (model.MaskedState != MaskedState.Hold)
            yield return $"MaskedState = {AttributeText.Literal(model.MaskedState)}";
        if (!options.Training)
            yield return "Training = false";
    }

    /// <summary>A text of a file within a documentation comment.</summary>
    private static string Comment(string text) => OneLine(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string OneLine(string text) => Text.Shorten(text, 400);
}
