using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>
/// Reads a cell of the user's from the compiler's operations: its constructor, its options, <c>Define</c> and the methods that it calls. What the definition may
/// consist of is decided here; what it computes, by <see cref="CellInterpreter"/>.
/// </summary>
internal sealed partial class CellReader
{
    // A network reads a cell for each layer that it is, the metadata and the analyzer once more. What is read goes with the compilation.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<INamedTypeSymbol, CellReading>> Known = new();
    private readonly INamedTypeSymbol _cell;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly List<CellProblem> _problems = [];
    private readonly Dictionary<CellNode, Location> _locations = [];
    private readonly Dictionary<ISymbol, CellNode> _options = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, string> _methods = new(SymbolEqualityComparer.Default);
    private readonly Queue<IMethodSymbol> _unread = new();
    private readonly List<CellNode> _getters = [];
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    private CellReader(INamedTypeSymbol cell, Compilation compilation, CancellationToken cancellation) =>
        (_cell, _compilation, _cancellation) = (cell, compilation, cancellation);

    /// <summary>Reads a class derived from <c>RnnGen.CellAttribute</c> that is part of the compilation.</summary>
    public static CellReading Read(INamedTypeSymbol cell, Compilation compilation, CancellationToken cancellation) => Known
        .GetValue(compilation, _ => new ConcurrentDictionary<INamedTypeSymbol, CellReading>(SymbolEqualityComparer.Default))
        .GetOrAdd(cell, _ => new CellReader(cell, compilation, cancellation).Read());

    /// <summary>Whether a class is a cell of a user's.</summary>
    public static bool IsCell(INamedTypeSymbol? type) => type is { IsAbstract: false } && Scopes.OfBases(type).Skip(1).Any(IsCellAttribute);

    /// <summary>The method of a cell that states its equations; null where it has none of its own.</summary>
    public static IMethodSymbol? DefineOf(INamedTypeSymbol cell) => cell.GetMembers(OwnCellWords.Define).OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride);

    /// <summary>Whether a class's code is part of the compilation. A project reference in an editor has code too, of another compilation.</summary>
    public static bool IsSource(INamedTypeSymbol cell, Compilation compilation) =>
        cell.DeclaringSyntaxReferences.Any(reference => compilation.ContainsSyntaxTree(reference.SyntaxTree));

    private static bool IsCellAttribute(INamedTypeSymbol type) => type.Name == OwnCellWords.CellAttribute && NetworkReader.IsRnnGenType(type);

    private CellReading Read()
    {
        var define = DefineOf(_cell);
        if (_cell.BaseType is not { } parent || !IsCellAttribute(parent))
            return Refused("derives from another cell", "derive from CellAttribute itself, and share equations by static methods");
        if (_cell.IsGenericType)
            return Refused("has type parameters", "remove them");
        if (define is null)
            return Refused("has no Define of its own", "write 'protected override void Define(Vector x)'");
        if (_cell.InstanceConstructors.Length != 1)
            return Refused("has several constructors", "leave one, and make the rest options");
        var constructor = Constructor(_cell.InstanceConstructors[0]);
        _methods.Add(define, OwnCellWords.Define);
        _unread.Enqueue(define);
        var methods = new List<CellNode>();
        while (_unread.Count > 0)
            methods.Add(Method(_unread.Dequeue()));
        var definition = new CellNode(NodeKind.Cell, "", [constructor, .. _options.Values, .. methods, .. _getters]).Number();
        return definition.Depth > CellText.MaxDepth
            ? Refused($"has an expression that nests deeper than {CellText.MaxDepth} levels", "name its parts")
            : new CellReading(definition, _problems, Places(definition));
    }

    private CellReading Refused(string problem, string instead) => new(null, [new CellProblem(_cell.Locations[0], problem, instead)], []);

    private List<Location> Places(CellNode definition)
    {
        var places = new List<Location>();
        Add(definition, _cell.Locations[0]);
        return places;

        void Add(CellNode node, Location outer)
        {
            var own = _locations.TryGetValue(node, out var location) ? location : outer;
            places.Add(own);
            foreach (var child in node.Children)
                Add(child, own);
        }
    }

    private CellNode Constructor(IMethodSymbol constructor)
    {
        var parameters = constructor.Parameters.Select(parameter => new CellNode(NodeKind.Parameter, parameter.Name));
        var (units, body) = Syntax(constructor) switch
        {
            TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } types } when types[0] is PrimaryConstructorBaseTypeSyntax own => (Operation(own) as IInvocationOperation, null),
            ConstructorDeclarationSyntax { Initializer: { } initializer } own => (Operation(initializer) as IInvocationOperation, Operation(own) as IConstructorBodyOperation),
            _ => (null, null),
        };
        var argument = units?.Arguments.FirstOrDefault()?.Value;
        return new CellNode(NodeKind.Constructor, "",
        [
            .. parameters,
            argument is null ? Problem(_cell.Locations[0], "does not give CellAttribute its units", "write 'class …Attribute(int units) : CellAttribute(units)'") : Value(argument),
            body?.BlockBody is { } block ? Statement(block) : new CellNode(NodeKind.Block, ""),
        ]);
    }

    private CellNode Method(IMethodSymbol method)
    {
        var parameters = method.Parameters.Select(parameter => new CellNode(NodeKind.Parameter, parameter.Name));
        var body = Syntax(method) is { } syntax ? Body(Operation(syntax)) : null;
        var node = new CellNode(NodeKind.Method, _methods[method],
            [.. parameters, body ?? Problem(method.Locations[0], $"calls '{method.Name}', whose source is not available", "write it in the cell")]);
        if (Syntax(method) is MethodDeclarationSyntax declaration)
            _locations[node] = declaration.Identifier.GetLocation();
        return node;
    }

    private CellNode? Body(IOperation? operation) => operation switch
    {
        IMethodBodyOperation { BlockBody: { } block } => Statement(block),
        IMethodBodyOperation { ExpressionBody: { } expression } => Statement(expression),
        IBlockOperation block => Statement(block),
        _ => null,
    };

    private SyntaxNode? Syntax(ISymbol symbol) => symbol.DeclaringSyntaxReferences
        .Where(reference => _compilation.ContainsSyntaxTree(reference.SyntaxTree))
        .Select(reference => reference.GetSyntax(_cancellation))
        .FirstOrDefault();

    private IOperation? Operation(SyntaxNode syntax)
    {
        if (!_models.TryGetValue(syntax.SyntaxTree, out var model))
            _models.Add(syntax.SyntaxTree, model = _compilation.GetSemanticModel(syntax.SyntaxTree));
        return model.GetOperation(syntax, _cancellation);
    }

    /// <summary>The piece that stands for what cannot be read.</summary>
    private CellNode Problem(Location where, string problem, string instead)
    {
        // A section of a switch may be read twice.
        if (new CellProblem(where, problem, instead) is var found && !_problems.Contains(found))
            _problems.Add(found);
        return new CellNode(NodeKind.Null, "");
    }

    private CellNode Problem(IOperation operation, string problem, string instead) => Problem(operation.Syntax.GetLocation(), problem, instead);

    private CellNode Node(IOperation operation, NodeKind kind, string text, params IReadOnlyList<CellNode> children)
    {
        var node = new CellNode(kind, text, children);
        _locations[node] = operation.Syntax.GetLocation();
        return node;
    }
}
