using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Spec;

/// <summary>
/// Generated kernels call types of .NET and of the runtime by their short names, for the sake of their readers. A type, namespace or member of the user's that
/// has one of these names and is nearer than the file's usings would be meant instead. So would one that has the name of the generated base class.
/// </summary>
internal static class NameRules
{
    /// <summary>Words that a type of the user's, but nothing else, may take from the language.</summary>
    private static readonly string[] Keywords = ["nint", "nuint", "var"];

    /// <summary>The type parameter of generated loops, which no type parameter around them may hide.</summary>
    private const string KernelsParameter = "TKernels";

    /// <summary>The short names. A test compares them with what is generated.</summary>
    public static readonly IReadOnlyList<string> ShortNames =
    [
        "BatchRows", "DropoutNoise", "FusedMath", "Int8Math", "MethodImpl", "MethodImplAttribute", "MethodImplOptions", "NetworkLayout", "OutputActivation", "OutputHead",
        "PastFrames", "RowMeans", "RowSums", "SumShape", "Scratch", "SequenceRows", "StateOrder", "StreamRows", "TapeLayout", "TapeMemory", "TapePass", "TapeRows",
        "TransposeShape", "TransposedWeights", "WindowShape", "WorkShare", "Unsafe", "Vector128", "Vector256", "Vector512", "VectorMath", .. Keywords,
    ];

    public static void Check(NetworkDeclaration declaration, Compilation compilation, ProblemList problems)
    {
        foreach (string name in ShortNames)
            if (Scopes(declaration.Type, compilation).SelectMany(scope => Find(scope, name)).FirstOrDefault() is { } hiding)
                Add(hiding);
        for (var type = declaration.Type; type is not null; type = type.ContainingType)
            foreach (var parameter in type.TypeParameters.Where(parameter => parameter.Name == KernelsParameter))
                Add(parameter);
        string baseName = CodeNames.BaseOf(declaration.Type);
        var members = declaration.Type.ContainingType?.GetMembers(baseName)
            ?? Space(declaration.Type.ContainingNamespace, compilation).GetMembers(baseName).OfType<ISymbol>();
        if (members.FirstOrDefault(member => member is not INamedTypeSymbol { Arity: > 0 } && IsUsers(member)) is { } taken)
            Add(taken);

        void Add(ISymbol symbol) => problems.Add(DiagnosticDescriptors.NameTaken, declaration.NameLocation, symbol.ToDisplayString());
    }

    /// <summary>What a name is looked for in, before the file's usings.</summary>
    private static IEnumerable<INamespaceOrTypeSymbol> Scopes(INamedTypeSymbol type, Compilation compilation)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            for (var part = outer; part is not null; part = part.BaseType)
                yield return part;
        for (var space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
            yield return Space(space, compilation);
    }

    /// <summary>The namespace with what other assemblies have in it.</summary>
    private static INamespaceSymbol Space(INamespaceSymbol space, Compilation compilation) => compilation.GetCompilationNamespace(space) ?? space;

    private static IEnumerable<ISymbol> Find(INamespaceOrTypeSymbol scope, string name)
    {
        IEnumerable<ISymbol> found = scope is INamedTypeSymbol type
            ? type.GetMembers(name).Concat(type.TypeParameters.Where(parameter => parameter.Name == name))
            : scope.GetMembers(name);
        return found.Where(symbol => IsUsers(symbol) && (symbol is ITypeSymbol || !Keywords.Contains(name)));
    }

    private static bool IsUsers(ISymbol symbol) =>
        !symbol.Locations.All(location => NetworkReader.IsGenerated(location.SourceTree));
}
