using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using RnnGen.Generator.Cells.Own;

namespace RnnGen.Generator.Reading.Cells;

/// <content>Options, fields and calls.</content>
internal sealed partial class CellReader
{
    private CellNode Property(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (IsRnnGenType(property.ContainingType, OwnCellWords.Vector) && reference.Instance is { } vector)
            return property.IsIndexer ? Node(reference, NodeKind.Item, "", Value(vector), Value(reference.Arguments[0].Value)) : Node(reference, NodeKind.Size, "", Value(vector));
        if (property is { Name: "Length" } && reference.Instance is { Type: IArrayTypeSymbol } array)
            return Node(reference, NodeKind.Length, "", Value(array));
        if (reference.Instance is IInstanceReferenceOperation && NetworkReader.IsRnnGenType(property.ContainingType))
            return Node(reference, NodeKind.GetBase, property.Name);
        if (!IsOfCell(property))
            return Problem(reference, $"reads {property.ContainingType.Name}.{property.Name}", "use the cell's own options, or a constant");
        if (property is { IsStatic: true, SetMethod: not null })
            return Problem(reference, $"reads the static property '{property.Name}', which can change", "make it an option of the cell, or remove its setter");
        if (Syntax(property) is PropertyDeclarationSyntax syntax && Getter(syntax) is { } getter)
            return Call(reference, property.GetMethod!, getter, []);
        return Node(reference, NodeKind.Get, Declared(property));
    }

    private CellNode Field(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        return !IsOfCell(field) ? Problem(reference, $"reads {field.ContainingType.Name}.{field.Name}", "use the cell's own options, or a constant")
            : !field.IsReadOnly ? Problem(reference, $"reads the field '{field.Name}', which can change", "make it an option (a property), a readonly field or a constant")
            : Node(reference, NodeKind.Get, Declared(field));
    }

    /// <summary>An option or a field of the cell, whose first value becomes part of the definition.</summary>
    private string Declared(ISymbol member)
    {
        // What attributes cannot set has a name that they cannot have: a parameter of the constructor may be called like it.
        string name = member is IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public } or IFieldSymbol { IsReadOnly: false } ? member.Name : "this." + member.Name;
        if (_options.ContainsKey(member))
            return name;
        _options.Add(member, new CellNode(NodeKind.Option, name));
        var initial = Syntax(member) switch
        {
            PropertyDeclarationSyntax { Initializer: { } initializer } => initializer,
            VariableDeclaratorSyntax { Initializer: { } initializer } => initializer,
            _ => null,
        };
        var value = initial is null ? null : (Operation(initial) as ISymbolInitializerOperation)?.Value;
        _options[member] = new CellNode(NodeKind.Option, name, value is not null ? [Value(value)] : Default(member) is { } zero ? [zero] : []);
        return name;
    }

    /// <summary>What a member is that nothing sets.</summary>
    private static CellNode? Default(ISymbol member) => ((member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type) switch
    {
        { SpecialType: SpecialType.System_Boolean } => new CellNode(NodeKind.Bool, "false"),
        { SpecialType: SpecialType.System_Int32 } => new CellNode(NodeKind.Int, "0"),
        { SpecialType: SpecialType.System_Int64 } => new CellNode(NodeKind.Long, "0"),
        { SpecialType: SpecialType.System_Single } => new CellNode(NodeKind.Float, "0"),
        { SpecialType: SpecialType.System_Double } => new CellNode(NodeKind.Double, "0"),
        { TypeKind: TypeKind.Enum } type => new CellNode(NodeKind.Enum, Member(type, 0)),
        _ => null,
    };

    private static SyntaxNode? Getter(PropertyDeclarationSyntax property) => property.ExpressionBody is { } expression
        ? expression
        : property.AccessorList?.Accessors.FirstOrDefault(accessor => accessor is { Body: not null } or { ExpressionBody: not null });

    private CellNode Invocation(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.LocalFunction)
            return Nothing; // Reported where the delegate or the function is written.
        if (IsRnnGenType(method.ContainingType, OwnCellWords.CellAttribute) || IsRnnGenType(method.ContainingType, OwnCellWords.Equations))
            return Node(call, NodeKind.Word, method.Name, Arguments(call));
        if (method.ContainingType is { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true }, Name: "Math" or "MathF" })
            return Node(call, NodeKind.Math, method.Name, Arguments(call));
        if (!IsOfCell(method) && !(method.IsStatic && Syntax(method) is not null))
            return Problem(call, $"calls {method.ContainingType.Name}.{method.Name}, whose source is not available", "use the functions of RnnGen.Equations, System.Math for numbers, or a method of the cell");
        if (method.IsVirtual || method.IsOverride || method.IsGenericMethod || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
            return Problem(call, $"calls '{method.Name}', which is virtual, generic or has a ref parameter", "call a plain private method");
        return Call(call, method, null, Arguments(call));
    }

    private CellNode Call(IOperation operation, IMethodSymbol method, SyntaxNode? getter, IReadOnlyList<CellNode> arguments)
    {
        if (!_methods.TryGetValue(method, out string? name))
        {
            name = method.Name;
            for (int number = 2; _methods.ContainsValue(name); number++)
                name = $"{method.Name}_{number}";
            _methods.Add(method, name);
            if (getter is null)
                _unread.Enqueue(method);
            else
                _getters.Add(new CellNode(NodeKind.Method, name, Body(Operation(getter)) ?? Nothing));
        }

        return Node(operation, NodeKind.Call, name, arguments);
    }

    /// <summary>The arguments in the order of the parameters, defaults included.</summary>
    private List<CellNode> Arguments(IInvocationOperation call) =>
        call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal ?? 0).Select(argument => Value(argument.Value)).ToList();

    private bool IsOfCell(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingType, _cell);

    private static bool IsRnnGenType(INamedTypeSymbol? type, string name) => type is not null && type.Name == name && NetworkReader.IsRnnGenType(type);
}
