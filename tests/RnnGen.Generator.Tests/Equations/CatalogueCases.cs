using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// A layer of each kind in the catalogue, once as it is by default and once with each of its options, by what the attributes declare: a new row of the catalogue,
/// or a new property of an attribute, is a case without being mentioned here.
/// </summary>
internal static class CatalogueCases
{
    /// <summary>The layers of all kinds of a role.</summary>
    public static IEnumerable<string> Of(LayerRole role) => Of(role, (_, _) => true);

    /// <summary>The same without the choices of activations, of which there are many.</summary>
    public static IEnumerable<string> WithoutActivations(LayerRole role) => Of(role, (_, option) => option.Type != typeof(Activation));

    private static IEnumerable<string> Of(LayerRole role, Func<LayerKind, Member, bool> isWanted) =>
        TestCatalogue.All.Names.Select(name => TestCatalogue.All.Find(name)!).Where(kind => kind.Role == role).SelectMany(kind =>
        {
            var (required, options) = Members(kind.Name);
            string layer = string.Join(' ', required.Select(size => $"{size.Name}={Value(size)}").Prepend(kind.Name));
            return options.Where(option => !kind.InitialOptions.Contains(option.Name) && isWanted(kind, option))
                .SelectMany(option => Texts(kind, option)).Select(text => $"{layer} {text}").Prepend(layer);
        });

    /// <summary>The arguments that an attribute must have, and its options.</summary>
    private static (IReadOnlyList<Member> Required, IReadOnlyList<Member> Options) Members(string kind)
    {
        if (typeof(LayerAttribute).Assembly.GetType($"RnnGen.{kind}Attribute") is not { } attribute)
            return TestMembers(kind);
        var parameters = attribute.GetConstructors().Single().GetParameters().ToLookup(
            parameter => parameter.IsOptional || parameter.ParameterType == typeof(Activation), parameter => new Member(Pascal(parameter.Name!), parameter.ParameterType));
        return ([.. parameters[false]], [.. parameters[true], .. Settable(attribute)]);
    }

    /// <summary>Those of a layer that only the tests have: its attribute is text.</summary>
    private static (IReadOnlyList<Member> Required, IReadOnlyList<Member> Options) TestMembers(string kind)
    {
        var attribute = CSharpSyntaxTree.ParseText(TestCatalogue.Attributes).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Single(type => type.Identifier.ValueText == kind + "Attribute");
        var inherited = typeof(LayerAttribute).Assembly.GetType(attribute.BaseList!.Types.Single().Type.ToString(), throwOnError: true)!;
        return ([.. attribute.ParameterList!.Parameters.Select(parameter => new Member(Pascal(parameter.Identifier.ValueText), typeof(int)))], [.. Settable(inherited)]);
    }

    private static IEnumerable<Member> Settable(Type attribute) => attribute.GetProperties()
        .Where(property => property.SetMethod is not null && property.Name is not (nameof(LayerAttribute.Name) or nameof(LayerAttribute.From) or nameof(LayerAttribute.IsOutput)))
        .Select(property => new Member(property.Name, property.PropertyType));

    /// <summary>The options as layers are written in tests; with each, what it means nothing without.</summary>
    private static IEnumerable<string> Texts(LayerKind kind, Member option)
    {
        string? byDefault = kind.Defaults.FirstOrDefault(candidate => candidate.Name == option.Name)?.Value;
        if (option.Type == typeof(Activation))
            return kind.Activations.Where(ActivationKind.Elementwise.Contains).SelectMany(name => Activated(option.Name, name));
        if (new[] { "α", "β" }.Any(letter => ActivationKind.OptionOf(option.Name, letter) is not null))
            return []; // those come with the activation that has them
        if (option.Type == typeof(Merge))
            return Enum.GetNames<Merge>().Where(name => name != byDefault).Select(name => $"Direction=Bidirectional {option.Name}={name}");
        if (option.Type.IsEnum)
            return Enum.GetNames(option.Type).Where(name => name != byDefault).Select(name => $"{option.Name}={name}");
        return [$"{option.Name}={(option.Type == typeof(bool) ? byDefault == "true" ? "false" : "true" : Value(option))}"];
    }

    private static IEnumerable<string> Activated(string option, string name)
    {
        var activation = ActivationKind.Find(name)!;
        yield return $"{option}={name}";
        string coefficients = (activation.Alpha is null ? "" : $" {ActivationKind.AlphaOf(option)}=0.3") + (activation.Beta is null ? "" : $" {ActivationKind.BetaOf(option)}=0.4");
        if (coefficients.Length > 0)
            yield return $"{option}={name}{coefficients}";
    }

    /// <summary>A value that the equations notice: sizes that fill no vector, bounds within which numbers of the tests are not.</summary>
    private static string Value(Member member) => member switch
    {
        { Name: "Units" } => "5",
        { Type: var type } when type == typeof(int) => "2",
        { Type: var type } when type == typeof(float) => 0.3f.ToString(CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"no value is known for {member.Name}, which is of type {member.Type.Name}"),
    };

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private sealed record Member(string Name, Type Type);
}
